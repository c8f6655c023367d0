using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace RnnGen.Package.Tests;

[Collection(PackageCollection.Name)]
public sealed class PackageContentTests(PackageFixture fixture)
{
    // What NuGet itself puts into every package.
    private static readonly string[] OfTheFormat =
        ["[Content_Types].xml", "_rels/.rels", "package/services/metadata/core-properties/nuget.psmdcp"];

    [Fact]
    public void Package_Holds_ExactlyWhatItShould()
    {
        using var package = ZipFile.OpenRead(fixture.Package);
        var files = package.Entries.Select(entry => entry.FullName).Except(OfTheFormat).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "README.md",
                "RnnGen.nuspec",
                "analyzers/dotnet/cs/RnnGen.CodeFixes.dll",
                "analyzers/dotnet/cs/RnnGen.Generator.dll",
                "build/net10.0/RnnGen.props",
                "build/net10.0/RnnGen.targets",
                "buildTransitive/net10.0/RnnGen.targets",
                "lib/net10.0/RnnGen.dll",
                "lib/net10.0/RnnGen.xml",
            ],
            files);
    }

    // What a README of the repository links to is not in the package, and the repository has no address.
    [Fact]
    public void Readme_OfThePackage_HasNoLinks()
    {
        using var package = ZipFile.OpenRead(fixture.Package);
        using var readme = new StreamReader(package.GetEntry("README.md")!.Open());
        var text = readme.ReadToEnd();
        Assert.Contains("[SequenceModel", text);
        Assert.DoesNotContain("](", text);
    }

    [Fact]
    public void Package_Depends_OnNothing()
    {
        using var package = ZipFile.OpenRead(fixture.Package);
        using var nuspec = package.GetEntry("RnnGen.nuspec")!.Open();
        Assert.DoesNotContain(XDocument.Load(nuspec).Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public async Task Package_PackedAgainElsewhere_HasEqualContents() =>
        Assert.Equal(Hashes(fixture.Package), Hashes(await fixture.Pack("packed-again")));

    private static SortedDictionary<string, string> Hashes(string path)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var package = ZipFile.OpenRead(path);
        foreach (var entry in package.Entries)
        {
            using var content = entry.Open();
            hashes.Add(entry.FullName, Convert.ToHexString(SHA256.HashData(content)));
        }

        return hashes;
    }
}
