using System.Collections.Immutable;
using RnnGen;

namespace CommandSample;

/// <summary>Pairs of commands and actions as tokens.</summary>
internal sealed class Examples
{
    private readonly int[][] _sources;
    private readonly int[][] _targets;

    public Examples(ImmutableArray<CommandPair> pairs)
    {
        _sources = [.. pairs.Select(pair => Vocabulary.Words.Encode(pair.Command))];
        _targets = [.. pairs.Select(pair => Target(pair.Actions))];
    }

    public int Count => _sources.Length;

    /// <summary>Words of a command, on average.</summary>
    public double MeanWords => _sources.Average(source => source.Length);

    /// <summary>What a trainer reads.</summary>
    public FeedSequences<float> Data => new FeedSequences<float>().Add("source", _sources).Add("targets", _targets);

    private static int[] Target(string actions) =>
        [.. Vocabulary.Actions.Encode(actions), CommandTranslator.End];
}
