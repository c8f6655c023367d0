using System.Collections.Immutable;
using RnnGen.Kernels;
using Samples;

namespace TranslateSample;

/// <summary>Pairs to train on, and others to measure by, whose sentences are not among the first.</summary>
/// <param name="Training">Those to train on.</param>
/// <param name="HeldOut">The others.</param>
/// <param name="Sources">Different sentences in both.</param>
/// <param name="TooLong">Pairs in neither, because the model has not as many steps.</param>
internal sealed record DataSplit(
    ImmutableArray<SentencePair> Training, ImmutableArray<SentencePair> HeldOut, int Sources, int TooLong)
{
    /// <summary>A tenth of the sentences is held out, each with all its translations.</summary>
    /// <param name="pairs">All pairs.</param>
    /// <param name="seed">Decides which.</param>
    /// <exception cref="InputException">There are too few sentences.</exception>
    public static DataSplit BySource(ImmutableArray<SentencePair> pairs, ulong seed)
    {
        ImmutableArray<SentencePair> fitting = [.. pairs.Where(pair => pair.Fits)];
        string[] sources = [.. fitting.Select(pair => pair.Source).Distinct()];
        if (sources.Length < 2)
        {
            throw new InputException(
                $"Different sentences of 1 to {SentenceModel.SourceSteps} words whose translations have 1 to "
                + $"{SentenceModel.TargetSteps - 1}: {sources.Length}. There must be 2 or more.");
        }

        new CounterRandom(seed).Shuffle(sources.AsSpan());
        HashSet<string> heldOut = [.. sources[..Math.Max(1, sources.Length / 10)]];
        ILookup<bool, SentencePair> isHeldOut = fitting.ToLookup(pair => heldOut.Contains(pair.Source));
        return new DataSplit(
            [.. isHeldOut[false]], [.. isHeldOut[true]], sources.Length, pairs.Length - fitting.Length);
    }
}
