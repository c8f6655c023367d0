using System.Globalization;
using RnnGen;

namespace PronounceSample;

/// <summary>Looks for the likeliest pronunciations of words by beam search.</summary>
internal static class Pronunciations
{
    /// <summary>How many are followed at the same time.</summary>
    public const int BeamSize = 5;

    /// <summary>
    /// How words are looked up in the end: by probability alone. Letters tell well how long a pronunciation is, so that
    /// nothing has to make up for short ones being likelier.
    /// </summary>
    public static DecodingOptions Search { get; } = new() { BeamSize = BeamSize };

    /// <summary>A pronunciation and how likely it is: <c>K AE T (93.1 %)</c>.</summary>
    public static string Text(Hypothesis found) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Phonemes(found)}{(found.IsComplete ? "" : " ...")} ({Math.Exp(found.LogProbability):P1})");

    /// <summary>A pronunciation alone: <c>K AE T</c>.</summary>
    public static string Phonemes(Hypothesis found) => found.Tokens.IsEmpty
        ? "nothing"
        : string.Join(' ', Vocabulary.Phonemes.Decode(found.Tokens));
}
