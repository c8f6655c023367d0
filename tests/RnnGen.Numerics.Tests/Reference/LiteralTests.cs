using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using Xunit.Abstractions;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>Emitted forward passes against the equations of the cells, run as they stand.</summary>
public sealed class LiteralTests(ITestOutputHelper output)
{
    public static TheoryData<string, SimdTarget> Models => ModelCatalog.OnEveryTarget(facts => facts.IsDouble);

    [Theory]
    [MemberData(nameof(Models))]
    public void Forward_EveryBatch_EqualsEquations(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 5);
        using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions());
        double worst = 0;
        foreach (BatchKind kind in Enum.GetValues<BatchKind>())
        {
            Sample<double> sample = Sample<double>.Draw(facts, kind, seed: 31);
            double[] expected = new LiteralModel(model).Forward(sample);
            double[] actual = model.Forward(sample);
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], Tolerances.OutputDouble);
                worst = Math.Max(worst, Math.Abs(expected[i] - actual[i]));
            }

            double loss = LiteralModel.Loss(facts, sample, expected);
            Assert.Equal(loss, trainer.Evaluate(sample), Tolerances.OutputDouble);
        }

        output.WriteLine($"{name} on {target}: worst {worst:e1}");
    }
}
