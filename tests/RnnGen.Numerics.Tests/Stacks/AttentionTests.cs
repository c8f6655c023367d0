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

    /// <summary>Models with each score, before and after recurrent layers.</summary>
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

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_OfAttention_AreThoseOfCentralDifferences(string name, SimdTarget target)
    {
        Attentive model = AttentiveCatalog.All[name](4, target);
        model.Scale();
        var random = new Random(6);
        int[] source = Tokens(random, 5 * 4, 9);
        int[] targets = Targets(random);
        using ModelTrainer<double> trainer = model.Trainer;
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

    private static int[] Tokens(Random random, int count, int vocabulary) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];

    // [T, B], each sequence with an end.
    private static int[] Targets(Random random)
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
