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

    /// <summary>What a trainer reads.</summary>
    public FeedSequences<float> Data => new FeedSequences<float>().Add("source", _sources).Add("targets", _targets);

    /// <summary>How many commands a model translates without a single mistake, the end included.</summary>
    public int CountExact(CommandTranslator model) =>
        model.Decode(_sources).Zip(_targets).Count(pair => IsExact(pair.First[0], pair.Second));

    private static int[] Target(string actions) =>
        [.. Vocabulary.Actions.Encode(actions), Vocabulary.Actions.End];

    private static bool IsExact(Hypothesis found, int[] target) =>
        found.IsComplete && found.Tokens.AsSpan().SequenceEqual(target.AsSpan(..^1));
}
