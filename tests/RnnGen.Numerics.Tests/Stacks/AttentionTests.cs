using System.Collections.Immutable;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Heads;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>Decoders that attend to what the encoder has made of the source.</summary>
public sealed class AttentionTests
{
    private static readonly int[] SourceLengths = [3, 5, 1, 4];
    private static readonly int[] TargetLengths = [6, 2, 4, 1];

    /// <summary>All models on every target.</summary>
    public static TheoryData<string, SimdTarget> Models
    {
        get
        {
            var data = new TheoryData<string, SimdTarget>();
            foreach (string name in AttentiveCatalog.All.Keys)
            {
                foreach (SimdTarget target in Harness.ModelCatalog.Targets)
                {
                    data.Add(name, target);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Names => [.. AttentiveCatalog.All.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_OfAttention_AreThoseOfCentralDifferences(string name, SimdTarget target)
    {
        Attentive model = AttentiveCatalog.Create(name, 4, target);
        using var trainer = model.Trainer;
        model.Scale();
        var random = new Random(6);
        int[] source = Tokens(random, 5 * 4, 9);
        int[] targets = Wanted(random);
        var check = new SlopeCheck(() => model.Evaluate(source, targets, SourceLengths, TargetLengths));
        model.Differentiate(source, targets, SourceLengths, TargetLengths);
        double[][] first = [.. model.Model.Tensors.Select(tensor => trainer.Gradient(tensor.Name))];
        model.Differentiate(source, targets, SourceLengths, TargetLengths);
        Assert.Equal(first, model.Model.Tensors.Select(tensor => trainer.Gradient(tensor.Name)));
        foreach (TensorMap tensor in model.Model.Tensors)
        {
            check.Compare(
                tensor, model.Model.GetTensor(tensor.Name), values => model.Model.SetTensor(tensor.Name, values),
                trainer.Gradient(tensor.Name));
        }

        Assert.True(check.Worst.Value < Tolerances.Gradient, $"{check.Worst.Value:g3} at {check.Worst.Place}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Forward_OfAttention_IsWhatTheEquationsSay(string name, SimdTarget target)
    {
        Attentive model = AttentiveCatalog.Create(name, 5, target);
        using var trainer = model.Trainer;
        model.Scale();
        var literal = new LiteralPair(model.Model.GetType(), model.Model.GetTensor);
        var random = new Random(7);
        int[] source = Tokens(random, 5 * 4, 9);
        int[] read = Tokens(random, 6 * 4, 7);
        double[] outputs = new double[6 * 4 * 7];
        var attention = new ImmutableArray<AttentionMatrix>[4];
        model.Forward(source, read, SourceLengths, TargetLengths, outputs, attention);
        for (int i = 0; i < SourceLengths.Length; i++)
        {
            var weights = new List<double[]>();
            double[][] expected = literal.Forward(
                [.. Enumerable.Range(0, SourceLengths[i]).Select(t => source[(t * 4) + i])],
                [.. Enumerable.Range(0, TargetLengths[i]).Select(t => read[(t * 4) + i])], weights);
            AttentionDecodingTests.AssertAttention(weights, SourceLengths[i], TargetLengths[i], attention[i]);
            for (int t = 0; t < expected.Length; t++)
            {
                double[] row = outputs[(((t * 4) + i) * 7)..(((t * 4) + i + 1) * 7)];
                Assert.All(expected[t].Zip(row), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_EveryTargetThatFuses_GivesTheSameBits(string name)
    {
        SimdTarget[] fusing = [.. Harness.ModelCatalog.Targets.Where(target => target != SimdTarget.Scalar)];
        double[][] all = [.. fusing.Select(target =>
        {
            Attentive model = AttentiveCatalog.Create(name, 5, target);
            using var trainer = model.Trainer;
            model.Scale();
            var random = new Random(7);
            double[] outputs = new double[6 * 4 * 7];
            model.Forward(Tokens(random, 20, 9), Tokens(random, 24, 7), SourceLengths, TargetLengths, outputs);
            return outputs;
        })];
        Assert.All(all, outputs => Assert.Equal(all[0], outputs));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_OnAnyNumberOfThreads_AreTheSameBits(string name)
    {
        double[][][] all = [.. Enumerable.Range(1, 4).Select(threads =>
        {
            Attentive model = AttentiveCatalog.Create(name, 5, null, new TrainingOptions { Threads = threads });
            using var trainer = model.Trainer;
            var random = new Random(8);
            model.Differentiate(Tokens(random, 20, 9), Wanted(random), SourceLengths, TargetLengths);
            return (double[][])[.. model.Model.Tensors.Select(tensor => trainer.Gradient(tensor.Name))];
        })];
        Assert.All(all, gradients => Assert.Equal(all[0], gradients));
    }

    [Fact]
    public void Forward_ToldWhatToRead_TellsTheSameAttention()
    {
        var starting = new DotFed(seed: 5);
        var told = new ToldDotFed(seed: 5);
        var random = new Random(7);
        int[] source = Tokens(random, 20, 9);
        int[] read = Tokens(random, 24, 7);
        var first = new ImmutableArray<AttentionMatrix>[4];
        var second = new ImmutableArray<AttentionMatrix>[4];
        starting.Forward(source, read, SourceLengths, TargetLengths, new double[6 * 4 * 7], attention: first);
        told.Forward(source, read, SourceLengths, TargetLengths, new double[6 * 4 * 7], attention: second);
        for (int i = 0; i < 4; i++)
        {
            AttentionMatrix matrix = Assert.Single(second[i]);
            Assert.Equal((TargetLengths[i], SourceLengths[i]), (matrix.Rows, matrix.SourceSteps));
            Assert.Equal(first[i][0].Weights.ToArray(), matrix.Weights.ToArray());
            for (int row = 0; row < matrix.Rows; row++)
            {
                Assert.Equal(1, Enumerable.Range(0, matrix.SourceSteps).Sum(step => matrix[row, step]), 1e-12);
            }
        }
    }

    [Fact]
    public void Forward_WithRoomForOtherSequences_RefusesBeforeItWrites()
    {
        var model = new DotFed(seed: 5);
        double[] outputs = new double[6 * 4 * 7];
        ArgumentException exception = Assert.Throws<ArgumentException>(() => model.Forward(
            new int[20], new int[24], 4, outputs, attention: new ImmutableArray<AttentionMatrix>[3]));
        Assert.Equal(
            "There is room for the attention of 3 sequences; there are 4. (Parameter 'attention')",
            exception.Message);
        Assert.All(outputs, output => Assert.Equal(0, output));
    }

    /// <summary>The eight and eight layers learn: to say a source's tokens, in its order, of those that they know.
    /// </summary>
    [Fact]
    public void Train_TheShapeOfGnmt_LearnsToCopy()
    {
        var options = new TrainingOptions { Optimizer = new Adam { LearningRate = 0.02 }, ClipNorm = 1 };
        Attentive model = AttentiveCatalog.Create(nameof(Gnmt), 3, null, options);
        using ModelTrainer<double> trainer = model.Trainer;

        // [T, B]: 3, 4, 5 and 6 in four orders; then the end.
        int[] source = [3, 4, 5, 6, 4, 6, 3, 5, 5, 3, 6, 4];
        int[] targets = [.. source, 2, 2, 2, 2];
        int[] sourceLengths = [3, 3, 3, 3];
        int[] targetLengths = [4, 4, 4, 4];
        double first = model.Evaluate(source, targets, sourceLengths, targetLengths);
        for (int step = 0; step < 400; step++)
        {
            model.Step(source, targets, sourceLengths, targetLengths);
        }

        double last = model.Evaluate(source, targets, sourceLengths, targetLengths);
        Assert.True(last < 0.05 && first > 1, $"The loss was {first} and is {last}.");
        for (int i = 0; i < 4; i++)
        {
            int[] tokens = [source[i], source[4 + i], source[8 + i]];
            Assert.Equal(tokens, model.Decode(tokens, null)[0].Tokens.ToArray());
        }
    }

    public static TheoryData<SimdTarget> Targets => [.. Harness.ModelCatalog.Targets];

    [Theory]
    [MemberData(nameof(Models))]
    public void Decode_WithAttention_GoesOnAsForwardDoes(string name, SimdTarget target) =>
        GoesOnAsForward(AttentiveCatalog.Create(name, 9, target));

    // Where memory is shared, small rows may find a place beside what must stay.
    [Theory]
    [MemberData(nameof(Targets))]
    public void Decode_OfManyUnits_GoesOnAsForwardDoes(SimdTarget target) =>
        GoesOnAsForward(Attentive.Create(typeof(WideAfter), 9, target));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Decode_OfDroppedOutTokens_GoesOnAsForwardDoes(SimdTarget target) =>
        GoesOnAsForward(Attentive.Create(typeof(DroppedTokens), 9, target));

    private static void GoesOnAsForward(Attentive model)
    {
        using var trainer = model.Trainer;
        model.Scale();
        var literal = new LiteralPair(model.Model.GetType(), model.Model.GetTensor);
        foreach (int[] source in (int[][])[[3], [8, 0, 2, 2, 7], [5, 5], [1, 4, 0]])
        {
            Hypothesis greedy = Assert.Single(model.Decode(source, null));
            Assert.Equal(LogProbability(literal, source, greedy), greedy.LogProbability, 1e-11);
            double[][] logits = literal.Forward(source, [1, .. greedy.Tokens], []);
            Assert.All(greedy.Tokens.Select((token, t) => (token, t)), chosen =>
                Assert.Equal(logits[chosen.t].Max(), logits[chosen.t][chosen.token]));
            foreach (Hypothesis hypothesis in model.Decode(source, new DecodingOptions { BeamSize = 4, Count = 4 }))
            {
                Assert.Equal(
                    LogProbability(literal, source, hypothesis), hypothesis.LogProbability, 1e-11);
            }
        }
    }

    private static double LogProbability(LiteralPair literal, int[] source, Hypothesis hypothesis)
    {
        double[][] logits = literal.Forward(source, [1, .. hypothesis.Tokens], []);
        int[] wanted = [.. hypothesis.Tokens, .. hypothesis.IsComplete ? new[] { 2 } : []];
        return wanted.Select((token, t) => logits[t][token] - Math.Log(logits[t].Sum(Math.Exp))).Sum();
    }

    private static int[] Tokens(Random random, int count, int vocabulary) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];

    // [T, B], each sequence with an end.
    private static int[] Wanted(Random random)
    {
        int[] targets = Tokens(random, 6 * 4, 2);
        for (int i = 0; i < TargetLengths.Length; i++)
        {
            for (int t = 0; t < TargetLengths[i]; t++)
            {
                targets[(t * 4) + i] += 4;
            }

            targets[((TargetLengths[i] - 1) * 4) + i] = 2;
        }

        return targets;
    }
}
