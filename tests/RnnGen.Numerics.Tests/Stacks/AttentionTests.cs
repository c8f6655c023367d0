using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Heads;
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
        Attentive model = AttentiveCatalog.All[name](4, target);
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
        Attentive model = AttentiveCatalog.All[name](5, target);
        using var trainer = model.Trainer;
        model.Scale();
        var literal = new LiteralPair(model.Model.GetType(), model.Model.GetTensor);
        var random = new Random(7);
        int[] source = Tokens(random, 5 * 4, 9);
        int[] read = Tokens(random, 6 * 4, 7);
        double[] outputs = new double[6 * 4 * 7];
        model.Forward(source, read, SourceLengths, TargetLengths, outputs);
        for (int i = 0; i < SourceLengths.Length; i++)
        {
            double[][] expected = literal.Forward(
                [.. Enumerable.Range(0, SourceLengths[i]).Select(t => source[(t * 4) + i])],
                [.. Enumerable.Range(0, TargetLengths[i]).Select(t => read[(t * 4) + i])], []);
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
            Attentive model = AttentiveCatalog.All[name](5, target);
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
            Attentive model = AttentiveCatalog.All[name](5, null, new TrainingOptions { Threads = threads });
            using var trainer = model.Trainer;
            var random = new Random(8);
            model.Differentiate(Tokens(random, 20, 9), Wanted(random), SourceLengths, TargetLengths);
            return (double[][])[.. model.Model.Tensors.Select(tensor => trainer.Gradient(tensor.Name))];
        })];
        Assert.All(all, gradients => Assert.Equal(all[0], gradients));
    }

    public static TheoryData<SimdTarget> Targets => [.. Harness.ModelCatalog.Targets];

    [Theory]
    [MemberData(nameof(Models))]
    public void Decode_WithAttention_GoesOnAsForwardDoes(string name, SimdTarget target) =>
        GoesOnAsForward(AttentiveCatalog.All[name](9, target));

    // Where memory is shared, small rows may find a place beside what must stay.
    [Theory]
    [MemberData(nameof(Targets))]
    public void Decode_OfManyUnits_GoesOnAsForwardDoes(SimdTarget target) =>
        GoesOnAsForward(AttentiveCatalog.Large[nameof(WideAfter)](9, target));

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
