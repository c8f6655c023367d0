using System.Collections.Immutable;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>Once the first calls are over, decoding allocates the hypotheses that it returns, and nothing more.
/// </summary>
public sealed class AttentionAllocationTests
{
    // Until the runtime has replaced the first, unoptimised code, which may put numbers in boxes.
    private const int Attempts = 60;
    private const int CallsPerAttempt = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static readonly int[] Source = [3, 1, 8, 4];

    public static TheoryData<string> Searches => [.. Options.Keys];

    private static Dictionary<string, DecodingOptions> Options => new()
    {
        ["greedy"] = new(),
        ["beam"] = new() { BeamSize = 4, Count = 3, LengthPenalty = 0.6, CoveragePenalty = 0.2 },
        ["sample"] = new() { Sample = true, Count = 4, TopK = 5, TopP = 0.9, Seed = 3 },
        ["attention"] = new() { BeamSize = 3, Count = 2, Attention = true },
    };

    [Theory]
    [MemberData(nameof(Searches))]
    public void Decode_OfOneSource_AllocatesWhatItReturns(string search)
    {
        DecodingOptions options = Options[search];
        var model = new TwoOfPeepholes(seed: 4);
        AssertEqualBytes(() => model.Decode(Source, options), () => Copy(model.Decode(Source, options)));
    }

    [Fact]
    public void Step_OfAStreamingDecoder_AllocatesNothing()
    {
        StreamingDecoder<double> decoder = new TwoOfPeepholes(seed: 4).CreateDecoder();
        AssertEqualBytes(
            () => { },
            () =>
            {
                decoder.Begin(Source);
                decoder.Step(4);
                decoder.Step(5);
                decoder.AttentionWeights(1);
            });
    }

    // What a copy takes must be half of what the copy and the call before it take.
    private static void AssertEqualBytes(Action decode, Action decodeAndCopy)
    {
        (long Once, long Twice) bytes = default;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            bytes = (Allocated(decode), Allocated(decodeAndCopy));
            if (bytes.Twice == 2 * bytes.Once)
            {
                return;
            }

            Thread.Sleep(Pause);
        }

        Assert.Fail($"{CallsPerAttempt} calls allocated {bytes.Once} bytes, and {bytes.Twice} with a copy.");
    }

    private static long Allocated(Action call)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < CallsPerAttempt; i++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Hypothesis[] Copy(ImmutableArray<Hypothesis> found)
    {
        var copy = new Hypothesis[found.Length];
        for (int i = 0; i < copy.Length; i++)
        {
            Hypothesis one = found[i];
            copy[i] = new Hypothesis(
                ImmutableArray.Create(one.Tokens.AsSpan()), one.LogProbability, one.Score, one.IsComplete)
            {
                Attention = one.Attention.IsEmpty ? [] : Copy(one.Attention),
            };
        }

        return copy;
    }

    private static ImmutableArray<AttentionMatrix> Copy(ImmutableArray<AttentionMatrix> attention)
    {
        var copy = new AttentionMatrix[attention.Length];
        for (int i = 0; i < copy.Length; i++)
        {
            AttentionMatrix one = attention[i];
            copy[i] = new AttentionMatrix(
                one.Name, one.SourceSteps, ImmutableArray.Create(one.Weights.AsSpan()));
        }

        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(copy);
    }
}
