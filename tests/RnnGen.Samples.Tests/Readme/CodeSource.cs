namespace RnnGen.Samples.Tests.Readme;

/// <summary>Lines of a file of the repository, moved to the left margin.</summary>
internal static class CodeSource
{
    /// <summary>Reads what a comment in README names.</summary>
    /// <param name="kind"><c>snippet</c> or <c>excerpt</c>.</param>
    /// <param name="source"><c>path#region</c> or <c>path | first | last</c>.</param>
    public static string Read(string kind, string source)
    {
        string[] parts = [.. source.Split(kind == "snippet" ? '#' : '|').Select(part => part.Trim())];
        string[] lines = File.ReadAllLines(Repository.Path(parts[0]));
        IEnumerable<string> found = kind == "snippet"
            ? Between(lines, $"#region {parts[1]}", "#endregion").Skip(1).SkipLast(1)
            : Between(lines, parts[1], parts[2]);
        return Unindented([.. found]);
    }

    private static IEnumerable<string> Between(string[] lines, string first, string last)
    {
        int start = Array.FindIndex(lines, line => line.Contains(first, StringComparison.Ordinal));
        Assert.True(start >= 0, $"No line contains '{first}'.");
        string closing = lines[start][..^lines[start].TrimStart().Length] + "}";
        int end = Array.FindIndex(
            lines,
            start + 1,
            line => last == "}" ? line == closing : line.Contains(last, StringComparison.Ordinal));
        Assert.True(end >= 0, $"No line after '{first}' contains '{last}'.");
        return lines[start..(end + 1)];
    }

    private static string Unindented(string[] lines)
    {
        int indentation = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => (line.Length > 0 ? line[indentation..] : "") + "\n"));
    }
}
