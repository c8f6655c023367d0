using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Gradients;
using RnnGen.Numerics.Tests.Harness;
using Xunit.Abstractions;

namespace RnnGen.Numerics.Tests.States;

/// <summary>Gradients of given states, and of weights that meet them, against central differences.</summary>
public sealed class InitialStateGradientTests(ITestOutputHelper output)
{
    public static TheoryData<string, SimdTarget> Models =>
        ModelCatalog.OnEveryTarget(facts => facts.IsDouble && facts.IsRecurrent);

    [Theory]
    [MemberData(nameof(Models))]
    public void InitialStateGradient_EveryBatch_EqualsCentralDifferences(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 3);
        using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions());
        foreach (BatchKind kind in Enum.GetValues<BatchKind>())
        {
            Sample<double> sample = Sample<double>.Draw(facts, kind, seed: 17);
            RecurrentStates<double> initial = StateDraw.Draw(model, sample.Batch, seed: 41);
            trainer.ComputeGradients(sample, initial, null);

            // Evaluation has no dropout; computing gradients has, and repeats its mask.
            Func<double> loss = facts.HasDropout
                ? () => trainer.ComputeGradients(sample, initial, null)
                : () => trainer.Evaluate(sample, initial, null);
            var states = new GradientCheck(model, loss, trainer.InitialStateGradient);
            states.CheckStates(initial, $"{kind}");
            loss();
            var weights = new GradientCheck(model, loss, trainer.Gradient);
            weights.CheckDirections($"{kind}");
            output.WriteLine($"{name} {states.Worst:e1} of {states.Count} at {states.Place}");
            Assert.True(states.Worst < Tolerances.Gradient, $"{states.Worst:e1} at {states.Place}");
            Assert.True(weights.Worst < Tolerances.Gradient, $"{weights.Worst:e1} at {weights.Place}");
        }
    }

    // Zeros given are zeros not given; an evaluation in between, of other sequences, is no backward pass.
    [Theory]
    [MemberData(nameof(Models))]
    public void InitialStateGradient_NothingGiven_IsThatOfZeros(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 3);
        using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions());
        Sample<double> sample = Sample<double>.Draw(facts, BatchKind.Ragged, seed: 17);
        double loss = trainer.ComputeGradients(sample, model.CreateStates(sample.Batch), null);
        string[] names = [.. model.CreateStates(1).Names];
        double[][] expected = [.. names.Select(trainer.InitialStateGradient)];
        Assert.Contains(expected.SelectMany(values => values), value => value != 0);
        Assert.Equal(loss, trainer.ComputeGradients(sample));
        trainer.Evaluate(Sample<double>.Draw(facts, BatchKind.Single, seed: 19));
        Assert.Equal(expected, names.Select(trainer.InitialStateGradient));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void GivenStates_AnyNumberOfThreads_GiveTheSameBits(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 3);
        Sample<double> sample = Sample<double>.Draw(facts, BatchKind.Ragged, seed: 17);
        RecurrentStates<double> initial = StateDraw.Draw(model, sample.Batch, seed: 41);
        double[][] Run(int threads)
        {
            using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions { Threads = threads });
            RecurrentStates<double> final = model.CreateStates(sample.Batch);
            trainer.ComputeGradients(sample, initial, final);
            return
            [
                .. initial.Names.Select(trainer.InitialStateGradient),
                .. model.Tensors.Select(tensor => trainer.Gradient(tensor.Name)),
                final.Numbers(),
            ];
        }

        Assert.Equal(Run(threads: 1), Run(threads: 3));
    }
}
