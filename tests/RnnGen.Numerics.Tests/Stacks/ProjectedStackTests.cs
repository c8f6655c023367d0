using System.Collections.Immutable;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Heads;
using RnnGen.Training;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>
/// What an encoder ends in may be read by others, too: its next step, the layer above, a loss. Its gradient is the sum
/// of what all send, whatever an earlier pass has left.
/// </summary>
public sealed class ProjectedStackTests
{
    private static readonly int[] SourceLengths = [3, 5, 1, 4];
    private static readonly int[] TargetLengths = [6, 2, 4, 1];

    public static TheoryData<SimdTarget> Targets => [.. Harness.ModelCatalog.Targets];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Gradients_OfProjectedStates_AreThoseOfCentralDifferences(SimdTarget target)
    {
        var model = new ProjectedPair(seed: 4, target);
        var random = new Random(6);
        double[] source = Numbers(random, 5 * 4 * 3);
        double[] read = Numbers(random, 6 * 4 * 2);
        double[] wanted = Numbers(random, 6 * 4 * 2);
        RecurrentStates<double> states = Drawn(model.CreateStates(4), random);
        using ProjectedPair.Trainer trainer = model.CreateTrainer();
        Check(
            model.Tensors, model.GetTensor, (name, values) => model.SetTensor(name, values), trainer, states,
            () => trainer.Evaluate(source, read, wanted, SourceLengths, TargetLengths, states),
            () => trainer.ComputeGradients(source, read, wanted, SourceLengths, TargetLengths, states));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Gradients_OfProjectedStatesBothWays_AreThoseOfCentralDifferences(SimdTarget target)
    {
        var model = new ProjectedPairBothWays(seed: 4, target);
        var random = new Random(6);
        int[] source = Tokens(random, 5 * 4, 9);
        int[] read = Tokens(random, 6 * 4, 7);
        int[] wanted = Tokens(random, 6 * 4, 7);
        using ProjectedPairBothWays.Trainer trainer = model.CreateTrainer();
        Check(
            model.Tensors, model.GetTensor, (name, values) => model.SetTensor(name, values), trainer, null,
            () => trainer.Evaluate(source, read, wanted, SourceLengths, TargetLengths),
            () => trainer.ComputeGradients(source, read, wanted, SourceLengths, TargetLengths));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Gradients_OfAnEncoderWithALoss_AreThoseOfCentralDifferences(SimdTarget target)
    {
        var model = new EchoingPair(seed: 4, target);
        var random = new Random(6);
        double[] source = Numbers(random, 5 * 4 * 3);
        double[] read = Numbers(random, 6 * 4 * 2);
        double[] echo = Numbers(random, 5 * 4 * 3);
        double[] answer = Numbers(random, 6 * 4 * 2);
        RecurrentStates<double> states = Drawn(model.CreateStates(4), random);
        using EchoingPair.Trainer trainer = model.CreateTrainer();
        Check(
            model.Tensors, model.GetTensor, (name, values) => model.SetTensor(name, values), trainer, states,
            () => trainer.Evaluate(source, read, echo, answer, SourceLengths, TargetLengths, states),
            () => trainer.ComputeGradients(source, read, echo, answer, SourceLengths, TargetLengths, states));
    }

    private static void Check(
        ImmutableArray<TensorMap> tensors, Func<string, double[]> get, Action<string, double[]> set,
        ModelTrainer<double> trainer, RecurrentStates<double>? states, Func<double> loss, Action differentiate)
    {
        var check = new SlopeCheck(loss);
        differentiate();
        double[][] first = [.. tensors.Select(tensor => trainer.Gradient(tensor.Name))];
        differentiate();
        Assert.Equal(first, tensors.Select(tensor => trainer.Gradient(tensor.Name)));
        foreach (TensorMap tensor in tensors)
        {
            check.Compare(
                tensor, get(tensor.Name), values => set(tensor.Name, values), trainer.Gradient(tensor.Name));
        }

        foreach (string name in states?.Names ?? [])
        {
            differentiate();
            check.Compare(
                name, states!.Get(name), values => states.Set(name, values), trainer.InitialStateGradient(name));
        }

        Assert.True(check.Worst.Value < Tolerances.Gradient, $"{check.Worst.Value:g3} at {check.Worst.Place}");
    }

    private static RecurrentStates<double> Drawn(RecurrentStates<double> states, Random random)
    {
        foreach (string name in states.Names)
        {
            states.Set(name, Numbers(random, states.Get(name).Length));
        }

        return states;
    }

    private static double[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];

    private static int[] Tokens(Random random, int count, int vocabulary) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];
}
