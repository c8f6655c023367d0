using System.Collections.Immutable;
using Samples;

namespace CommandSample;

/// <summary>The words of commands, or their actions, as the tokens of the model: the first is 0.</summary>
/// <param name="kind">What they are.</param>
/// <param name="most">Most that the model takes.</param>
/// <param name="names">All of them.</param>
internal sealed class Vocabulary(string kind, int most, ImmutableArray<string> names)
{
    public static Vocabulary Words { get; } = new(
        "word",
        CommandTranslator.SourceSteps,
        [
            "walk", "look", "run", "jump", "turn", "left", "right", "opposite", "around", "twice", "thrice", "and",
            "after",
        ]);

    // One of the decoder's steps is for the end.
    public static Vocabulary Actions { get; } = new(
        "action",
        CommandTranslator.TargetSteps - 1,
        ["I_WALK", "I_LOOK", "I_RUN", "I_JUMP", "I_TURN_LEFT", "I_TURN_RIGHT"]);

    /// <summary>How many there are.</summary>
    public int Count => names.Length;

    /// <summary>The tokens of a text.</summary>
    /// <exception cref="InputException">It is empty or too long, or one of its names is unknown.</exception>
    public int[] Encode(string text)
    {
        string[] given = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return given.Length >= 1 && given.Length <= most
            ? [.. given.Select(TokenOf)]
            : throw new InputException($"{given.Length} {kind}s: the model takes from 1 to {most}.");
    }

    /// <summary>The text of tokens.</summary>
    public string Decode(IEnumerable<int> tokens) =>
        string.Join(' ', tokens.Select(token => token < names.Length ? names[token] : "?"));

    private int TokenOf(string name)
    {
        int token = names.IndexOf(name);
        return token >= 0
            ? token
            : throw new InputException(
                $"'{Printable(name)}' is no {kind} of the model, which knows {string.Join(", ", names)}.");
    }

    // A terminal obeys control characters, whoever typed them, and a line may be long.
    private static string Printable(string name)
    {
        const int Most = 30;
        string start = string.Concat(name.Take(Most).Select(
            character => char.IsLetterOrDigit(character) || char.IsPunctuation(character) ? character : '?'));
        return name.Length > Most ? start + "..." : start;
    }
}
