using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Numerics.Tests.Models;
using Xunit.Abstractions;

namespace RnnGen.Numerics.Tests.Gradients;

/// <summary>Gradients of the inputs, where they are asked for, against central differences.</summary>
public sealed class InputGradientTests(ITestOutputHelper output)
{
    public static TheoryData<string, SimdTarget> Models =>
        ModelCatalog.OnEveryTarget(facts => facts.IsDouble && facts.HasInputGradient);

    [Theory]
    [MemberData(nameof(Models))]
    public void InputGradient_EveryBatch_EqualsCentralDifferences(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 3);
        using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions { Threads = 2 });

        // Rows of a batch must not depend on what another one left behind.
        foreach (BatchKind kind in Enum.GetValues<BatchKind>().Append(BatchKind.Ragged))
        {
            Sample<double> sample = Sample<double>.Draw(facts, kind, seed: 17);
            trainer.ComputeGradients(sample);
            double[] gradient = trainer.InputGradient();

            // Evaluation has no dropout; computing gradients has, and repeats its mask.
            Func<double> loss = facts.HasDropout
                ? () => trainer.ComputeGradients(sample)
                : () => trainer.Evaluate(sample);
            var check = new GradientCheck(model, loss, trainer.Gradient);
            check.CheckInputs(sample, gradient, $"{kind}");
            output.WriteLine($"{name} on {target}: {check.Worst:e1} of {check.Count} at {check.Place}");
            Assert.True(check.Worst < Tolerances.Gradient, $"{check.Worst:e1} at {check.Place}");
            double[] inputs = sample.Inputs<double>();
            Assert.Equal(inputs.Length, gradient.Length);
            Assert.All(gradient.Where((_, place) => double.IsNaN(inputs[place])), value => Assert.Equal(0, value));
            Assert.Contains(gradient, value => value != 0);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void InputGradient_AnyNumberOfThreads_IsTheSameBits(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 3);
        Sample<double> sample = Sample<double>.Draw(facts, BatchKind.Ragged, seed: 17);
        double[] Run(int threads)
        {
            using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions { Threads = threads });
            trainer.ComputeGradients(sample);
            return trainer.InputGradient();
        }

        Assert.Equal(Run(threads: 1), Run(threads: 3));
    }

    // What an evaluation, a refused batch or a shorter one does in between is no backward pass of this one.
    [Fact]
    public void InputGradient_AfterOtherBatches_IsOfTheLastGradients()
    {
        ModelFacts facts = ModelCatalog.Find(nameof(InputGradientLstm));
        TestedModel<double> model = TestedModel<double>.Create(facts);
        using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions());
        Sample<double> sample = Sample<double>.Draw(facts, BatchKind.Ragged, seed: 17);
        trainer.ComputeGradients(sample);
        double[] expected = trainer.InputGradient();
        trainer.Evaluate(Sample<double>.Draw(facts, BatchKind.Single, seed: 19));
        Assert.Equal(expected, trainer.InputGradient());
        Sample<double> other = Sample<double>.Draw(facts, BatchKind.Short, seed: 19);
        other.Targets<double>()[0] = double.NaN;
        other.Targets<double>()[4] = double.NaN;
        Assert.Throws<ArgumentException>(() => trainer.ComputeGradients(other));
        Assert.Equal(expected, trainer.InputGradient());
        trainer.Step(sample);
        Assert.Equal(expected, trainer.InputGradient());
    }

    [Fact]
    public void Gradients_WithOrWithoutThoseOfInputs_AreTheSameBits()
    {
        var with = new InputGradientSingle(seed: 3);
        var without = new NoInputGradientSingle(seed: 3);
        float[] inputs = [.. Enumerable.Range(0, 6 * 5 * 3).Select(i => MathF.Sin(i))];
        float[] targets = [.. Enumerable.Range(0, 6 * 5 * 4).Select(i => MathF.Cos(i))];
        using InputGradientSingle.Trainer trainer = with.CreateTrainer();
        using NoInputGradientSingle.Trainer other = without.CreateTrainer();
        Assert.Equal(other.ComputeGradients(inputs, targets, 5), trainer.ComputeGradients(inputs, targets, 5));
        Assert.All(with.Tensors, tensor => Assert.Equal(other.Gradient(tensor.Name), trainer.Gradient(tensor.Name)));
        Assert.Equal(inputs.Length, trainer.InputGradient().Length);
    }

    [Fact]
    public void InputGradient_NothingToGive_SaysWhy()
    {
        using InputGradientSingle.Trainer trainer = new InputGradientSingle().CreateTrainer();
        Refuses<InvalidOperationException>("There are no gradients yet", () => trainer.InputGradient());
        Refuses<ArgumentException>(
            "The model has no input 'targets'; it has inputs.", () => trainer.InputGradient("targets"));
        using NoInputGradientSingle.Trainer without = new NoInputGradientSingle().CreateTrainer();
        Refuses<InvalidOperationException>("[Input(3, Gradient = true)]", () => without.InputGradient());
        using TorchGru.Trainer tokens = new TorchGru().CreateTrainer();
        Refuses<ArgumentException>("is tokens, which have no gradient", () => tokens.InputGradient());
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.InputGradient());

        static void Refuses<TException>(string reason, Action call)
            where TException : Exception =>
            Assert.Contains(reason, Assert.Throws<TException>(call).Message, StringComparison.Ordinal);
    }
}
