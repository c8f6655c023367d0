using System.Collections.Immutable;
using RnnGen;

namespace PronounceSample;

/// <summary>Words and their pronunciations as tokens, a pair for each pronunciation.</summary>
internal sealed class Examples
{
    private readonly int[][] _sources;
    private readonly int[][] _targets;

    public Examples(ImmutableArray<DictionaryWord> words)
    {
        (string Word, string Phonemes)[] pairs =
            [.. words.SelectMany(word => word.Pronunciations.Select(phonemes => (word.Spelling, phonemes)))];
        _sources = [.. pairs.Select(pair => Vocabulary.Letters.Encode(pair.Word))];
        _targets = [.. pairs.Select(pair => Target(pair.Phonemes))];
    }

    public int Count => _sources.Length;

    /// <summary>Letters of a word, on average.</summary>
    public double MeanLetters => _sources.Average(source => source.Length);

    /// <summary>What a trainer reads.</summary>
    public FeedSequences<float> Data => new FeedSequences<float>().Add("source", _sources).Add("targets", _targets);

    private static int[] Target(string phonemes) =>
        [.. Vocabulary.Phonemes.Encode(phonemes), Pronouncer.End];
}
