using System.Collections.Immutable;
using RnnGen;

namespace TranslateSample;

/// <summary>Sentence pairs as tokens.</summary>
internal sealed class Examples
{
    private readonly int[][] _sources;
    private readonly int[][] _targets;

    public Examples(ImmutableArray<SentencePair> pairs, Vocabulary english, Vocabulary french)
    {
        _sources = [.. pairs.Select(pair => english.Encode(pair.English))];
        _targets = [.. pairs.Select(pair => (int[])[.. french.Encode(pair.French), Language.End])];
    }

    public int Count => _sources.Length;

    /// <summary>Words of an English sentence, on average.</summary>
    public double MeanWords => _sources.Average(source => source.Length);

    /// <summary>The part of all French words that has no token of its own.</summary>
    public double UnknownShare => (double)_targets.Sum(target => target.Count(token => token == Vocabulary.Unknown))
        / _targets.Sum(target => target.Length - 1);

    /// <summary>What a trainer reads.</summary>
    public FeedSequences<float> Data => new FeedSequences<float>().Add("source", _sources).Add("targets", _targets);
}
