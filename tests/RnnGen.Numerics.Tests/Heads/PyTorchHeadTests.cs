using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Numerics.Tests.Heads;

/// <summary>Two heads with a loss and a weight each, from given states on, as PyTorch computes them.</summary>
public sealed class PyTorchHeadTests
{
    public static TheoryData<SimdTarget> Targets => [.. Harness.ModelCatalog.Targets];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Heads_OfPyTorchsWeights_GiveItsOutputsLossesAndGradients(SimdTarget target)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Reference", nameof(TorchHeads));
        var stored = new TensorFile($"{path}.expected.safetensors");
        var model = TorchHeads.Load($"{path}.weights.safetensors", target);
        int[] lengths = stored.Integers("lengths");
        double[] inputs = stored.Doubles("inputs");
        RecurrentStates<double> initial = model.CreateStates(lengths.Length);
        RecurrentStates<double> final = model.CreateStates(lengths.Length);
        foreach (string state in initial.Names)
        {
            initial.Set(state, stored.Doubles($"initial.{state}"));
        }

        double[] tags = new double[inputs.Length / 3 * TorchHeads.TagOutputSize];
        double[] moods = new double[lengths.Length * TorchHeads.MoodOutputSize];
        model.Forward(inputs, lengths, tags, moods, initial, final);
        double[] expectedTags = stored.Doubles("tag_outputs");
        for (int place = 0; place < tags.Length; place++)
        {
            (int step, int sequence) = Math.DivRem(place / TorchHeads.TagOutputSize, lengths.Length);
            Assert.Equal(step < lengths[sequence] ? expectedTags[place] : 0, tags[place], Tolerances.OutputDouble);
        }

        AssertClose(stored.Doubles("mood_outputs"), moods, Tolerances.OutputDouble);
        foreach (string state in final.Names)
        {
            AssertClose(stored.Doubles($"final.{state}"), final.Get(state), Tolerances.OutputDouble);
        }

        using TorchHeads.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 2 });
        double loss = trainer.ComputeGradients(
            inputs, stored.Integers("tags"), stored.Doubles("moods"), lengths, initial);
        Assert.Equal(stored.Doubles("loss")[0], loss, Tolerances.OutputDouble);
        Assert.Equal(stored.Doubles("tag_loss")[0], trainer.HeadLoss(0), Tolerances.OutputDouble);
        Assert.Equal(stored.Doubles("mood_loss")[0], trainer.HeadLoss(1), Tolerances.OutputDouble);
        foreach (string state in initial.Names)
        {
            AssertGradient(stored.Doubles($"gradient.{state}"), trainer.InitialStateGradient(state));
        }

        foreach (Weights.TensorMap tensor in model.Tensors)
        {
            AssertGradient(stored.Doubles($"gradient.{tensor.Name}"), trainer.Gradient(tensor.Name));
        }
    }

    private static void AssertGradient(double[] expected, double[] actual) =>
        AssertClose(expected, actual, Tolerances.GradientPyTorch * expected.Max(Math.Abs));

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
