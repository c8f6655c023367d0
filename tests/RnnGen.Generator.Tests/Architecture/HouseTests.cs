using System.Globalization;

namespace RnnGen.Generator.Tests.Architecture;

/// <summary>Names and sizes that STYLE and README promise.</summary>
public sealed class HouseTests
{
    private static readonly string[] BannedFolders =
        ["helper", "helpers", "util", "utils", "utilities", "misc", "common", "shared", "extensions"];

    [Fact]
    public void Folders_AreNamedAfterWhatTheyHold()
    {
        var folders = Directory.EnumerateDirectories(Repository.Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Where(path => !Repository.IsBuildOutput(path))
            .Where(path => BannedFolders.Contains(Path.GetFileName(path).ToLowerInvariant()));
        Offences.AssertNone(folders);
    }

    [Theory]
    [InlineData("src")]
    [InlineData("generator")]
    [InlineData("tests")]
    [InlineData("samples")]
    public void Lines_FitTheirWidth(string folder)
    {
        var offences =
            from path in Repository.Files(Repository.Folder(folder), ".cs")
            where !path.EndsWith(".verified.cs", StringComparison.Ordinal)
                && !path.EndsWith(".received.cs", StringComparison.Ordinal)
                && !path.EndsWith(".g.cs", StringComparison.Ordinal)
            from line in File.ReadLines(path).Select((text, i) => (Text: text, Number: i + 1))
            let columns = new StringInfo(line.Text).LengthInTextElements
            where columns > 120
            select $"{Path.GetRelativePath(Repository.Root, path)}:{line.Number} has {columns} columns";
        Offences.AssertNone(offences);
    }
}
