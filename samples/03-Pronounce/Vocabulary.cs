using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Samples;

namespace PronounceSample;

/// <summary>The letters of words, or the phonemes of pronunciations, as the tokens of the model: the first is 0.
/// </summary>
/// <param name="kind">What they are.</param>
/// <param name="most">Most that the model takes.</param>
/// <param name="known">All of them, in words.</param>
/// <param name="names">All of them.</param>
/// <param name="split">Takes a text apart.</param>
internal sealed class Vocabulary(
    string kind, int most, string known, ImmutableArray<string> names, Func<string, IEnumerable<string>> split)
{
    private static readonly ImmutableArray<string> PhonemeNames =
    [
        "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY", "JH",
        "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
    ];

    /// <summary>What words are made of.</summary>
    public static Vocabulary Letters { get; } = new(
        "letter",
        Pronouncer.SourceSteps,
        "a to z, apostrophe, hyphen and full stop",
        [.. "abcdefghijklmnopqrstuvwxyz'-.".Select(letter => letter.ToString())],
        word => word.EnumerateRunes().Select(letter => letter.ToString()));

    /// <summary>What pronunciations are made of, without stress. One of the decoder's steps is for the end.</summary>
    public static Vocabulary Phonemes { get; } = new(
        "phoneme",
        Pronouncer.TargetSteps - 1,
        string.Join(", ", PhonemeNames),
        PhonemeNames,
        phonemes => phonemes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>How many there are.</summary>
    public int Count => names.Length;

    /// <summary>The most that the model takes.</summary>
    public int Most => most;

    /// <summary>A text's parts.</summary>
    public ImmutableArray<string> Split(string text) => [.. split(text)];

    /// <summary>The tokens of a text.</summary>
    /// <exception cref="InputException">It is empty or too long, or one of its parts is unknown.</exception>
    public int[] Encode(string text)
    {
        ImmutableArray<string> given = Split(text);
        return given.Length >= 1 && given.Length <= most
            ? [.. given.Select(TokenOf)]
            : throw new InputException($"{given.Length} {kind}s: the model takes from 1 to {most}.");
    }

    /// <summary>Refuses a text, however long, with parts that are unknown.</summary>
    /// <exception cref="InputException">There are some.</exception>
    public void CheckKnown(string text)
    {
        foreach (string name in split(text))
        {
            TokenOf(name);
        }
    }

    /// <summary>What tokens stand for.</summary>
    public IEnumerable<string> Decode(IEnumerable<int> tokens) =>
        tokens.Select(token => token < names.Length ? names[token] : "?");

    private int TokenOf(string name)
    {
        int token = names.IndexOf(name);
        return token >= 0
            ? token
            : throw new InputException($"'{Printable(name)}' is no {kind} of the model, which knows {known}.");
    }

    // A terminal obeys control characters, whoever typed them, and a line may be long.
    private static string Printable(string name)
    {
        const int Most = 30;
        string start = string.Concat(name.EnumerateRunes().Take(Most).Select(Visible));
        return name.Length > Most ? start + "..." : start;
    }

    private static string Visible(Rune sign) =>
        Rune.IsLetterOrDigit(sign) || Rune.IsPunctuation(sign) || Rune.IsSymbol(sign)
            ? sign.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"U+{sign.Value:X4}");
}
