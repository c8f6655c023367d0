using System.Xml.Linq;

namespace RnnGen.Generator.Tests.Architecture;

/// <summary>
/// Roslyn is pinned to the compiler of the first .NET 10 SDK: what refers to a newer one does not load there, and users
/// of that SDK would get no generated code, and a warning at most.
/// </summary>
public sealed class RoslynVersionTests
{
    private const string Pinned = "5.0.0";

    [Theory]
    [InlineData("Microsoft.CodeAnalysis.CSharp")]
    [InlineData("Microsoft.CodeAnalysis.CSharp.Workspaces")]
    public void CentralVersion_IsPinned(string package)
    {
        var versions = XDocument.Load(Repository.Folder("Directory.Packages.props")).Descendants("PackageVersion")
            .Where(element => element.Attribute("Include")?.Value == package)
            .Select(element => element.Attribute("Version")?.Value);
        Assert.Equal([Pinned], versions);
    }

    [Theory]
    [InlineData(typeof(ModelGenerator))]
    [InlineData(typeof(RnnGen.CodeFixes.MakePartialFixer))]
    public void Assembly_RefersToNoNewerRoslyn(Type typeOfAssembly)
    {
        var roslyn = typeOfAssembly.Assembly.GetReferencedAssemblies()
            .Where(assembly => assembly.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        Assert.NotEmpty(roslyn);
        Assert.All(roslyn, assembly => Assert.Equal(new Version(Pinned + ".0"), assembly.Version));
    }

    [Fact]
    public void Generator_LoadsNoWorkspaces() =>
        Assert.DoesNotContain(
            typeof(ModelGenerator).Assembly.GetReferencedAssemblies(),
            assembly => assembly.Name!.Contains("Workspaces", StringComparison.Ordinal));
}
