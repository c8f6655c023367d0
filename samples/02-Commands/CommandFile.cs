using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Samples;

namespace CommandSample;

/// <summary>Files of commands as they were published: lines of <c>IN: words OUT: actions</c>.</summary>
internal static partial class CommandFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">There is none, or a line is of another form or not for this model.</exception>
    public static ImmutableArray<CommandPair> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'.");
        }

        return [.. File.ReadLines(path).Select((line, index) => Read(line, $"'{path}', line {index + 1}"))];
    }

    private static CommandPair Read(string line, string place)
    {
        Match match = Form().Match(line);
        if (!match.Success)
        {
            throw new InputException($"{place}: it must be of the form 'IN: words OUT: actions'.");
        }

        var pair = new CommandPair(match.Groups["command"].Value, match.Groups["actions"].Value);
        try
        {
            Vocabulary.Words.Encode(pair.Command);
            Vocabulary.Actions.Encode(pair.Actions);
            return pair;
        }
        catch (InputException exception)
        {
            throw new InputException($"{place}: {exception.Message}");
        }
    }

    [GeneratedRegex("^IN: (?<command>.+) OUT: (?<actions>.+)$")]
    private static partial Regex Form();
}
