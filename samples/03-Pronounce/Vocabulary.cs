using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Samples;

namespace PronounceSample;

/// <summary>The letters of words, or the phonemes of their pronunciations, as the tokens of the model: the first is 0.
/// </summary>
/// <param name="kind">What they are.</param>
/// <param name="most">Most that the model takes.</param>
/// <param name="known">All of them, in words.</param>
/// <param name="names">All of them.</param>
internal sealed class Vocabulary(string kind, int most, string known, ImmutableArray<string> names)
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
        [.. "abcdefghijklmnopqrstuvwxyz'-.".Select(letter => letter.ToString())]);

    /// <summary>What pronunciations are made of, without stress. One of the decoder's steps is for the end.</summary>
    public static Vocabulary Phonemes { get; } = new(
        "phoneme", Pronouncer.TargetSteps - 1, string.Join(", ", PhonemeNames), PhonemeNames);

    /// <summary>How many there are.</summary>
    public int Count => names.Length;

    /// <summary>The most that the model takes of them.</summary>
    public int Most => most;

    /// <summary>The token that ends all pronunciations, behind the one that they start with.</summary>
    public int End => names.Length + 1;

    /// <summary>The letters of a word.</summary>
    public static ImmutableArray<string> LettersOf(string word) =>
        [.. word.EnumerateRunes().Select(letter => letter.ToString())];

    /// <summary>The phonemes of a pronunciation.</summary>
    public static ImmutableArray<string> PhonemesOf(string pronunciation) =>
        [.. pronunciation.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The tokens of some of them.</summary>
    /// <exception cref="InputException">There are none or too many, or one is unknown.</exception>
    public int[] Encode(ImmutableArray<string> given) => given.Length >= 1 && given.Length <= most
        ? [.. given.Select(TokenOf)]
        : throw new InputException($"{given.Length} {kind}s: the model takes from 1 to {most}.");

    /// <summary>What tokens stand for.</summary>
    public IEnumerable<string> Decode(IEnumerable<int> tokens) =>
        tokens.Select(token => token < names.Length ? names[token] : "?");

    /// <summary>The token of one of them.</summary>
    /// <exception cref="InputException">It is unknown.</exception>
    public int TokenOf(string name)
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
        string start = string.Concat(name.EnumerateRunes().Take(Most).Select(IsHarmless));
        return name.Length > Most ? start + "..." : start;
    }

    private static string IsHarmless(Rune letter) =>
        Rune.IsLetterOrDigit(letter) || Rune.IsPunctuation(letter) || Rune.IsSymbol(letter)
            ? letter.ToString()
            : Rune.IsWhiteSpace(letter) && !Rune.IsControl(letter)
                ? " "
                : string.Create(CultureInfo.InvariantCulture, $"U+{letter.Value:X4}");
}
