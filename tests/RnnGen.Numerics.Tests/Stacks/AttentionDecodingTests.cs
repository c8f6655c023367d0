using System.Collections.Immutable;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>What decoders with attention tell beside their tokens, and how likely given targets are.</summary>
public sealed class AttentionDecodingTests
{
    private static readonly int[][] Sources = [[3, 1, 8], [0], [5, 5, 2, 1, 7], [4, 4], [8, 0, 2, 6], [1], [7, 3]];

    public static TheoryData<string> Names => [.. AttentiveCatalog.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Attention_OfHypotheses_IsWhatTheEquationsSay(string name)
    {
        Attentive model = Loud(name);
        using ModelTrainer<double> trainer = model.Trainer;
        var literal = new LiteralPair(model.Model.GetType(), model.Model.GetTensor);
        foreach (int[] source in Sources)
        {
            foreach (Hypothesis found in model.Decode(
                source, new DecodingOptions { BeamSize = 3, Count = 3, Attention = true }))
            {
                var weights = new List<double[]>();
                literal.Forward(source, [1, .. found.Tokens], weights);
                AssertAttention(
                    weights, source.Length, found.Tokens.Length + (found.IsComplete ? 1 : 0), found.Attention);
            }
        }
    }

    [Fact]
    public void Attention_Unasked_IsEmpty() => Assert.All(
        new AdditiveBefore(seed: 1).Decode([3, 1], new DecodingOptions { BeamSize = 4, Count = 4 }),
        found => Assert.Empty(found.Attention));

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_OfAHypothesis_IsItsOwn(string name)
    {
        Attentive model = Loud(name);
        using ModelTrainer<double> trainer = model.Trainer;
        var options = new DecodingOptions { LengthPenalty = 0.7, CoveragePenalty = 0.3, Attention = true };
        foreach (int[] source in Sources)
        {
            foreach (Hypothesis found in model.Decode(source, options with { BeamSize = 4, Count = 4 })
                .Where(found => found.IsComplete))
            {
                Hypothesis forced = model.Score(source, found.Tokens.AsSpan(), options);
                Assert.Equal(found.Tokens.ToArray(), forced.Tokens.ToArray());
                Assert.True(forced.IsComplete);
                Assert.Equal(found.LogProbability, forced.LogProbability, 1e-11);
                Assert.Equal(found.Score, forced.Score, 1e-11);
                Assert.All(
                    found.Attention[0].Weights.Zip(forced.Attention[0].Weights),
                    pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            }
        }
    }

    [Fact]
    public void Score_OfSeveral_IsThatOfEachAlone()
    {
        var model = new DotFed(seed: 3);
        int[][] targets = [[4, 0], [], [6, 6, 6, 0, 3], [5], [0, 1], [3, 3, 3], [4]];
        ImmutableArray<Hypothesis> all = model.Score(Sources, targets);
        for (int i = 0; i < targets.Length; i++)
        {
            Hypothesis alone = model.Score(Sources[i], targets[i]);
            Assert.Equal(targets[i], all[i].Tokens.ToArray());
            Assert.Equal(alone.LogProbability, all[i].LogProbability, 1e-12);
            Assert.True(all[i].LogProbability < 0);
        }
    }

    // Equation 14 of Wu et al. 2016.
    [Fact]
    public void CoveragePenalty_IsThatOfTheEquation()
    {
        Attentive model = Loud(nameof(AdditiveBefore));
        using ModelTrainer<double> trainer = model.Trainer;
        var options = new DecodingOptions { BeamSize = 4, Count = 4, CoveragePenalty = 0.5, Attention = true };
        int reordered = 0;
        foreach (int[] source in Sources)
        {
            ImmutableArray<Hypothesis> found = model.Decode(source, options);
            foreach (Hypothesis one in found)
            {
                AttentionMatrix matrix = one.Attention[0];
                double penalty = Enumerable.Range(0, source.Length).Sum(step => Math.Log(Math.Min(
                    1, Enumerable.Range(0, matrix.Rows).Sum(row => matrix[row, step]))));
                Assert.Equal(one.LogProbability + (0.5 * penalty), one.Score, 1e-12);
            }

            Assert.Equal(found.OrderByDescending(one => one.Score), found);
            reordered += found.OrderByDescending(one => one.LogProbability).SequenceEqual(found) ? 0 : 1;
        }

        Assert.True(reordered > 0, "The penalty has changed no order.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decoder_SteppedByHand_GivesWhatGreedySearchDoes(string name)
    {
        Attentive model = Loud(name);
        using ModelTrainer<double> trainer = model.Trainer;
        StreamingDecoder<double> decoder = model.CreateDecoder();
        foreach (int[] source in Sources)
        {
            Hypothesis greedy = model.Decode(source, new DecodingOptions { Attention = true })[0];
            decoder.Begin(source);
            for (int t = 0; t < greedy.Tokens.Length; t++)
            {
                double[] logits = decoder.Logits.ToArray();
                Assert.Equal(greedy.Tokens[t], Array.IndexOf(logits, logits.Max()));
                double[] weights = decoder.AttentionWeights().ToArray();
                Assert.Equal(
                    weights, greedy.Attention[0].Weights.Skip(t * source.Length).Take(source.Length));
                decoder.Step(greedy.Tokens[t]);
                Assert.Equal(t + 2, decoder.Steps);
            }
        }
    }

    [Fact]
    public void Step_AfterWarmUp_AllocatesNothing()
    {
        StreamingDecoder<double> decoder = new DotFed(seed: 1).CreateDecoder();
        double sum = 0;
        for (int round = 0; round < 200; round++)
        {
            sum += Round(decoder);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        sum += Round(decoder);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(double.IsFinite(sum));

        static double Round(StreamingDecoder<double> decoder)
        {
            double sum = decoder.Begin([3, 1, 4])[0];
            for (int t = 0; t < 5; t++)
            {
                sum += decoder.Step(t)[0] + decoder.AttentionWeights()[0];
            }

            return sum;
        }
    }

    [Fact]
    public void BadCalls_AreRefusedByName()
    {
        var model = new DotFed(seed: 1);
        Assert.Contains("targets[0] has 6 tokens; with its end a target has at most 6",
            Message(() => model.Score([1], [4, 4, 4, 4, 4, 4])), StringComparison.Ordinal);
        Assert.Contains("targets[0][1] is 2; it must be from 0 to 6, and not the end, 2",
            Message(() => model.Score([1], [4, 2])), StringComparison.Ordinal);
        Assert.Contains("targets[1][0] is 7", Message(() => model.Score([[1], [2]], [[4], [7]])),
            StringComparison.Ordinal);
        Assert.Contains("There is 1 target and 2 sources",
            Message(() => model.Score([[1], [2]], [[4]])), StringComparison.Ordinal);
        Assert.Contains("BeamSize is given", Message(() => model.Score(
            [1], [4], new DecodingOptions { BeamSize = 2 })), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecodingOptions { CoveragePenalty = -1 });

        StreamingDecoder<double> decoder = model.CreateDecoder();
        Assert.Throws<InvalidOperationException>(() => { decoder.Step(1); });
        Assert.Throws<InvalidOperationException>(() => decoder.Logits[0]);
        Assert.Contains("reads tokens", Message(() => { decoder.Begin([0.5]); }), StringComparison.Ordinal);
        Assert.Contains("source has 0 tokens", Message(() => { decoder.Begin(Array.Empty<int>()); }),
            StringComparison.Ordinal);
        decoder.Begin([1]);
        Assert.Contains("it must be from 0 to 6", Message(() => { decoder.Step(7); }), StringComparison.Ordinal);
        Assert.Contains("There is no attention layer 1",
            Message(() => { decoder.AttentionWeights(1); }), StringComparison.Ordinal);
        Assert.Equal(1, decoder.Steps);
    }

    /// <summary>Compares with weights that the equations gave, of each step those of all attention layers.</summary>
    internal static void AssertAttention(
        List<double[]> weights, int sourceSteps, int rows, ImmutableArray<AttentionMatrix> attention)
    {
        Assert.Equal(
            attention.Length == 1 ? ["attention"] : (string[])["lower", "upper"],
            attention.Select(matrix => matrix.Name));
        for (int layer = 0; layer < attention.Length; layer++)
        {
            AttentionMatrix matrix = attention[layer];
            Assert.Equal((rows, sourceSteps), (matrix.Rows, matrix.SourceSteps));
            for (int row = 0; row < rows; row++)
            {
                for (int step = 0; step < sourceSteps; step++)
                {
                    Assert.Equal(weights[(row * attention.Length) + layer][step], matrix[row, step], 1e-12);
                }
            }
        }
    }

    private static string Message(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;

    private static Attentive Loud(string name)
    {
        Attentive model = AttentiveCatalog.Create(name, 9, null);
        model.Scale();
        return model;
    }
}
