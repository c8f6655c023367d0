namespace RnnGen.Generator.Emission;

/// <summary>Breaks lines that are too long where a person would: between arguments, between words of a
/// comment.</summary>
internal static class LineBreaker
{
    private const int Indent = 4;

    /// <summary>The line, broken into lines of at most so many columns where it can be.</summary>
    public static IEnumerable<string> Break(string line, int columns)
    {
        if (line.Length <= columns)
        {
            return [line];
        }

        int start = line.Length - line.TrimStart().Length;
        string text = line.Substring(start);
        string comment = text.StartsWith("///", StringComparison.Ordinal) ? "/// " : text.StartsWith(
            "//", StringComparison.Ordinal) ? "// " : "";
        if (comment.Length > 0)
        {
            return Words(text.Substring(comment.Length), line.Substring(0, start) + comment, columns);
        }

        int trailing = text.IndexOf("; // ", StringComparison.Ordinal);
        return trailing >= 0
            ? Words(text.Substring(trailing + 5), line.Substring(0, start) + "// ", columns).Append(
                line.Substring(0, start + trailing + 1))
            : Arguments(line, start, columns);
    }

    private static IEnumerable<string> Words(string text, string prefix, int columns)
    {
        string line = prefix;
        foreach (string word in text.Split(' '))
        {
            if (line.Length > prefix.Length && line.Length + 1 + word.Length > columns)
            {
                yield return line;
                line = prefix;
            }

            line += (line.Length > prefix.Length ? " " : "") + word;
        }

        yield return line;
    }

    private static IEnumerable<string> Arguments(string line, int start, int columns)
    {
        string rest = line;
        string indent = new(' ', start + Indent);
        while (rest.Length > columns && BreakPoint(rest, columns) is > 0 and var at)
        {
            yield return rest.Substring(0, at).TrimEnd();
            rest = indent + rest.Substring(at).TrimStart();
        }

        yield return rest;
    }

    // The last place that fits, of those least deep in parentheses; rather between operands or arguments than behind
    // what opens or assigns them.
    private static int BreakPoint(string line, int columns)
    {
        int best = -1;
        int bestRank = int.MaxValue;
        int depth = 0;
        bool quoted = false;
        int start = line.Length - line.TrimStart().Length;
        for (int i = start; i < line.Length && i < columns; i++)
        {
            char c = line[i];
            quoted ^= c == '"';
            if (quoted)
            {
                continue;
            }

            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            bool opens = c == '(' && i + 1 < line.Length && line[i + 1] != ')' && i > start + Indent;
            bool separates = c == ',' && i + 1 < line.Length && line[i + 1] == ' ';
            bool assigns = c == '=' && i > 0 && line[i - 1] == ' ' && i + 1 < line.Length && line[i + 1] == ' ';
            bool arrow = c == '>' && i > 0 && line[i - 1] == '=';
            bool operates = c is '+' or '*' && i > start + Indent && line[i - 1] == ' ' && line[i + 1] == ' ';
            int rank = arrow ? -1 : (2 * (opens ? depth - 1 : depth)) + (opens || assigns ? 1 : 0);
            if ((opens || separates || assigns || arrow || operates) && rank <= bestRank)
            {
                (best, bestRank) = (operates ? i : i + 1, rank);
            }
        }

        return best;
    }
}
