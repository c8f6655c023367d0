namespace PronounceSample;

/// <summary>How often a model is wrong about words that have been held out.</summary>
/// <param name="Words">The share of words for which it gave none of their pronunciations, from 0 to 1.</param>
/// <param name="Phonemes">
/// Insertions, deletions and substitutions that make the nearest pronunciation of each word of what it gave, by the
/// phonemes of these.
/// </param>
internal sealed record ErrorRates(double Words, double Phonemes);
