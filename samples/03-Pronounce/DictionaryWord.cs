using System.Collections.Immutable;

namespace PronounceSample;

/// <summary>A word and how it may be pronounced.</summary>
/// <param name="Spelling">The word, such as <c>tomato</c>.</param>
/// <param name="Pronunciations">One or more, each different: <c>T AH M EY T OW</c> and <c>T AH M AA T OW</c>.</param>
internal sealed record DictionaryWord(string Spelling, ImmutableArray<string> Pronunciations);
