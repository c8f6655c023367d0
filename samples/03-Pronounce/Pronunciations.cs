using System.Globalization;
using RnnGen;

namespace PronounceSample;

/// <summary>Looks for the likeliest pronunciations of words by beam search.</summary>
internal static class Pronunciations
{
    /// <summary>How many are followed at the same time.</summary>
    public const int BeamSize = 5;

    /// <summary>
    /// How words are looked up in the end. Each step of a pronunciation makes it less likely, a longer one without
    /// being wrong: Wu et al. 2016 found 0.6 to 0.7 to make up for it.
    /// </summary>
    public static DecodingOptions Search { get; } = new() { BeamSize = BeamSize, LengthPenalty = 0.6 };

    /// <summary>A pronunciation and how likely it is: <c>K AE T (93.1 %)</c>.</summary>
    public static string Text(Hypothesis found) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Phonemes(found)}{(found.IsComplete ? "" : " ...")} ({Math.Exp(found.LogProbability):P1})");

    /// <summary>A pronunciation alone: <c>K AE T</c>.</summary>
    public static string Phonemes(Hypothesis found) => found.Tokens.IsEmpty
        ? "nothing"
        : string.Join(' ', Vocabulary.Phonemes.Decode(found.Tokens));
}
