using System.Text.RegularExpressions;

namespace RnnGen.Samples.Tests.Readme;

/// <summary>
/// Code in a README is never typed there. A comment before each block of C# or Python says where it is from, and this
/// test compares: <c>snippet: path#region</c> is a region of a file that is compiled or run;
/// <c>excerpt: path | first | last</c> is the lines of a file from the first that contains one text to the next that
/// contains the other, where a lone brace is the one that closes the first line. When a block differs, what README
/// should say is written beside it as <c>README.received.md</c>; renaming that accepts it.
/// </summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("src/RnnGen/README.md")]
    public void Readme_Code_IsThatOfTheRepository(string document)
    {
        string path = Repository.Path(document);
        string readme = Lines(File.ReadAllText(path));

        string expected = Block().Replace(readme, block => block.Groups["opening"].Value
            + CodeSource.Read(block.Groups["kind"].Value, block.Groups["source"].Value) + "```\n");

        string received = Path.ChangeExtension(path, ".received.md");
        File.Delete(received);
        if (readme != expected)
        {
            File.WriteAllText(received, expected);
        }

        Assert.Equal(expected, readme);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/RnnGen/README.md")]
    public void Readme_EveryBlockOfCode_SaysWhereItIsFrom(string document)
    {
        string readme = Lines(File.ReadAllText(Repository.Path(document)));

        int blocks = Opening().Count(readme);

        Assert.True(blocks > 0);
        Assert.Equal(blocks, Block().Count(readme));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("samples/README.md")]
    public void Links_LeadToFiles(string document)
    {
        string path = Repository.Path(document);
        string folder = Path.GetDirectoryName(path)!;

        var broken =
            from link in Link().Matches(File.ReadAllText(path))
            let target = link.Groups["target"].Value
            where !target.StartsWith("https://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(folder, target))
            select target;

        Assert.Empty(broken);
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    [GeneratedRegex(
        @"(?<opening><!-- (?<kind>snippet|excerpt): (?<source>[^\n]+) -->\n```(csharp|python)\n).*?```\n",
        RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"```(csharp|python)\n")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
