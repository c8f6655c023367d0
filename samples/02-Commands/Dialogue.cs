using RnnGen;
using Samples;

namespace CommandSample;

/// <summary>Translates what is typed, a line at a time.</summary>
internal sealed class Dialogue(CommandTranslator model)
{
    private readonly Dictionary<string, string> _actions =
        Grammar.Commands().ToDictionary(pair => pair.Command, pair => pair.Actions);

    /// <summary>Answers every line until there are no more.</summary>
    /// <param name="input">Where they come from.</param>
    /// <param name="output">Where the answers go, a line each.</param>
    /// <param name="prompt">What to write before each line is read.</param>
    public void Run(TextReader input, TextWriter output, string prompt)
    {
        output.Write(prompt);
        output.Flush();
        while (input.ReadLine() is { } line)
        {
            output.WriteLine(Answer(line));
            output.Write(prompt);
            output.Flush();
        }
    }

    /// <summary>The actions of a command, or what is wrong with either.</summary>
    public string Answer(string line)
    {
        int[] words;
        try
        {
            words = Vocabulary.Words.Encode(line.ToLowerInvariant());
        }
        catch (InputException exception)
        {
            return exception.Message;
        }

        Hypothesis found = model.Decode(words)[0];
        string actions = Vocabulary.Actions.Decode(found.Tokens) + (found.IsComplete ? "" : " ...");
        return !_actions.TryGetValue(Vocabulary.Words.Decode(words), out string? meant)
            ? $"{actions} (not in the grammar: a guess)"
            : actions == meant ? actions : $"{actions} (wrong: it means {meant})";
    }
}
