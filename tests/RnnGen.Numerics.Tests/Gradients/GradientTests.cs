using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Weights;
using Xunit.Abstractions;

namespace RnnGen.Numerics.Tests.Gradients;

public sealed class GradientTests(ITestOutputHelper output)
{
    public static TheoryData<string, SimdTarget> Models => ModelCatalog.OnEveryTarget(facts => facts.IsDouble);

    public static TheoryData<string, SimdTarget> Recurrences => ModelCatalog.OnEveryTarget(facts =>
        facts.IsDouble && facts.Streams && facts.Layers.OfType<RecurrentAttribute>().Any());

    [Theory]
    [MemberData(nameof(Models))]
    public void ComputeGradients_EveryTensor_EqualsCentralDifferences(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 3);
        using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions());
        foreach (BatchKind kind in Enum.GetValues<BatchKind>())
        {
            Sample<double> sample = Sample<double>.Draw(facts, kind, seed: 17);
            Check(model, trainer, sample, kind == BatchKind.Ragged, $"{kind}");
        }
    }

    [Theory]
    [MemberData(nameof(Recurrences))]
    public void ComputeGradients_CarriedState_EqualsCentralDifferences(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 3);
        var still = new TrainingOptions { CarryState = true, Optimizer = new Sgd { LearningRate = 0 } };
        using TestedTrainer<double> trainer = model.CreateTrainer(still);
        trainer.Step(Sample<double>.Draw(facts, BatchKind.Ragged, seed: 23));
        Sample<double> next = Sample<double>.Draw(facts, BatchKind.Ragged, seed: 29);
        double carried = trainer.ComputeGradients(next);
        Check(model, () => trainer.ComputeGradients(next), trainer, checkElements: false, "carried");
        trainer.ResetState();
        Assert.NotEqual(carried, trainer.ComputeGradients(next));
    }

    private void Check(
        TestedModel<double> model,
        TestedTrainer<double> trainer,
        Sample<double> sample,
        bool checkElements,
        string situation)
    {
        trainer.ComputeGradients(sample);

        // Evaluation has no dropout; computing gradients has, and repeats its mask.
        Func<double> loss = model.Facts.HasDropout
            ? () => trainer.ComputeGradients(sample)
            : () => trainer.Evaluate(sample);
        Check(model, loss, trainer, checkElements, situation);
    }

    private void Check(
        TestedModel<double> model,
        Func<double> loss,
        TestedTrainer<double> trainer,
        bool checkElements,
        string situation)
    {
        AssertSecondBiases(model, trainer);
        var check = new GradientCheck(model, loss, trainer.Gradient);
        if (checkElements)
        {
            check.CheckElements(situation);
            loss();
        }

        check.CheckDirections(situation);
        output.WriteLine($"{model.Facts.Name} {check.Worst:e1} of {check.Count} at {check.Place}");
        Assert.True(check.Worst < Tolerances.Gradient, $"{check.Worst:e1} at {check.Place}");
    }

    // Two biases that are added have the same gradient.
    private static void AssertSecondBiases(TestedModel<double> model, TestedTrainer<double> trainer)
    {
        const string First = "bias_ih";
        const string Second = "bias_hh";
        foreach (TensorMap second in model.Tensors.Where(map => map.Name.Contains(Second, StringComparison.Ordinal)))
        {
            double[] firstGradient = trainer.Gradient(second.Name.Replace(Second, First, StringComparison.Ordinal));
            double[] secondGradient = trainer.Gradient(second.Name);
            foreach (TensorPart part in second.Parts.Where(part => part.Role == TensorPartRole.Addend))
            {
                Assert.Equal(
                    firstGradient[part.FirstRow..(part.FirstRow + part.Rows)],
                    secondGradient[part.FirstRow..(part.FirstRow + part.Rows)]);
            }
        }
    }
}
