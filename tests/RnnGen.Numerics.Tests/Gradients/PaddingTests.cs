using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Gradients;

/// <summary>
/// Rows and weights are padded to whole vectors, and gradients of padding are zeros: clipping by the norm of all
/// gradients must not see how wide a vector is, and padding of weights must stay zeros.
/// </summary>
public sealed class PaddingTests
{
    public static TheoryData<string, SimdTarget> Models => ModelCatalog.OnEveryTarget(facts => facts.IsDouble);

    [Theory]
    [MemberData(nameof(Models))]
    public void GradientNorm_OfAnyModel_CountsNoPadding(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 71);
        using TestedTrainer<double> trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Sgd { LearningRate = 0.01 } });
        foreach (BatchKind kind in Enum.GetValues<BatchKind>())
        {
            trainer.Step(Sample<double>.Draw(facts, kind, seed: 73));
            double expected = Math.Sqrt(model.Tensors.Sum(tensor => SumOfSquares(tensor, trainer.Gradient)));
            Assert.True(expected > 0);
            Assert.Equal(expected, trainer.GradientNorm, Tolerances.OutputDouble * expected);
        }
    }

    // A second bias has the first one's gradient, which is in the norm once.
    private static double SumOfSquares(TensorMap tensor, Func<string, double[]> gradient)
    {
        double[] values = gradient(tensor.Name);
        return tensor.Parts.Where(part => part.Role == TensorPartRole.Value).Sum(part => values
            .Skip(part.FirstRow * part.Columns).Take(part.Rows * part.Columns).Sum(value => value * value));
    }
}
