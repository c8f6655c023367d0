using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>Reads what the JIT writes for <c>DOTNET_JitDisasm</c> on x64.</summary>
internal static partial class JitListing
{
    /// <summary>All methods of a listing, in the order in which they were compiled.</summary>
    public static ImmutableArray<ListedMethod> Parse(string text)
    {
        MatchCollection headings = Heading().Matches(text);
        var methods = ImmutableArray.CreateBuilder<ListedMethod>();
        for (int i = 0; i < headings.Count; i++)
        {
            int end = i + 1 < headings.Count ? headings[i + 1].Index : text.Length;
            methods.Add(ParseMethod(headings[i], text[headings[i].Index..end]));
        }

        return methods.ToImmutable();
    }

    private static ListedMethod ParseMethod(Match heading, string text)
    {
        var blocks = ImmutableArray.CreateBuilder<CodeBlock>();
        string? label = null;
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        foreach (string line in text.Split('\n').Skip(1))
        {
            Match begin = BlockLabel().Match(line);
            if (begin.Success || DataLabel().IsMatch(line))
            {
                if (label is not null)
                {
                    blocks.Add(new CodeBlock(label, instructions.DrainToImmutable()));
                }

                label = begin.Success ? begin.Groups[1].Value : null;
            }
            else if (label is not null && Instruction.Parse(line) is { } instruction)
            {
                instructions.Add(instruction);
            }
        }

        if (label is not null)
        {
            blocks.Add(new CodeBlock(label, instructions.DrainToImmutable()));
        }

        Match bytes = TotalBytes().Match(text);
        return new ListedMethod(heading.Groups["name"].Value, heading.Groups["tier"].Value, text)
        {
            Bytes = bytes.Success ? int.Parse(bytes.Groups[1].Value, CultureInfo.InvariantCulture) : 0,
            HasFramePointer = text.Contains("; rbp based frame", StringComparison.Ordinal),
            Blocks = blocks.ToImmutable(),
        };
    }

    [GeneratedRegex(@"^; Assembly listing for method (?<name>.*) \((?<tier>[^()]*)\)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(G_M\w+_IG\d+):")]
    private static partial Regex BlockLabel();

    // Constants follow the last block.
    [GeneratedRegex(@"^RWD\d+\s")]
    private static partial Regex DataLabel();

    [GeneratedRegex(@"^; Total bytes of code:? (\d+)", RegexOptions.Multiline)]
    private static partial Regex TotalBytes();
}
