using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using Xunit.Abstractions;

namespace RnnGen.Numerics.Tests.Targets;

/// <summary>Every lane width against scalar code: the same weights by their names, the same batches.</summary>
public sealed class TargetTests(ITestOutputHelper output)
{
    // Every sum of a forward pass is one chain in the order of the inputs, whatever the width of a vector: where the
    // narrow targets have fused multiply-add too, results agree to the last bit.
    private static readonly bool AllFuse = ModelCatalog.Targets.All(Rounding.IsOnce);

    public static TheoryData<string> Models => ModelCatalog.Names(_ => true);

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryTarget_ForwardBackwardUpdate_EqualsScalar(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            CompareAll<double>(facts, Tolerances.DoubleUlp);
        }
        else
        {
            CompareAll<float>(facts, Tolerances.SingleUlp);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Constructor_SameSeed_GivesSameWeightsOnEveryTarget(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            CompareInitial<double>(facts);
        }
        else
        {
            CompareInitial<float>(facts);
        }
    }

    private static void CompareInitial<T>(ModelFacts facts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] scalar = TestedModel<T>.Create(facts, SimdTarget.Scalar, seed: 7).Weights();
        Assert.Contains(scalar, weight => weight != T.Zero);
        foreach (SimdTarget target in ModelCatalog.Targets)
        {
            Assert.Equal(scalar, TestedModel<T>.Create(facts, target, seed: 7).Weights());
        }

        Assert.NotEqual(scalar, TestedModel<T>.Create(facts, SimdTarget.Scalar, seed: 8).Weights());
    }

    private void CompareAll<T>(ModelFacts facts, double ulp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (BatchKind kind in Enum.GetValues<BatchKind>())
        {
            Sample<T> sample = Sample<T>.Draw(facts, kind, seed: 37);
            Results<T> scalar = Run(facts, SimdTarget.Scalar, sample);
            foreach (SimdTarget target in ModelCatalog.Targets.Where(target => target != SimdTarget.Scalar))
            {
                Results<T> wide = Run(facts, target, sample);
                double tolerance = Tolerances.LaneUlps * ulp;
                string place = $"{facts.Name}, {kind}, on {target}";
                AssertClose(scalar.Outputs, wide.Outputs, AllFuse ? 0 : tolerance, $"outputs of {place}");
                AssertClose([scalar.Loss], [wide.Loss], tolerance, $"loss of {place}");
                double worst = 0;
                foreach (string tensor in scalar.Weights.Keys)
                {
                    (T[] expected, T[] actual) = (scalar.Gradients[tensor], wide.Gradients[tensor]);
                    double error = AssertClose(expected, actual, tolerance, $"gradients of {tensor} of {place}");
                    worst = Math.Max(worst, error);
                    AssertClose(scalar.Weights[tensor], wide.Weights[tensor], tolerance, $"new {tensor} of {place}");
                }

                output.WriteLine($"{place}: gradients {worst / ulp:g3} ulp");
            }
        }
    }

    private static Results<T> Run<T>(ModelFacts facts, SimdTarget target, Sample<T> sample)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = TestedModel<T>.Create(facts, target);
        model.Randomize(seed: 13);
        var options = new TrainingOptions { Optimizer = new Sgd { LearningRate = 0.5 } };
        using TestedTrainer<T> trainer = model.CreateTrainer(options);
        T[] outputs = model.Forward(sample);
        T loss = trainer.Evaluate(sample);
        trainer.ComputeGradients(sample);
        string[] names = [.. model.Tensors.Select(tensor => tensor.Name)];
        Dictionary<string, T[]> gradients = names.ToDictionary(name => name, trainer.Gradient);
        trainer.Step(sample);
        return new Results<T>(outputs, loss, gradients, names.ToDictionary(name => name, model.Get));
    }

    // Relative to the largest number, which is what rounding on the way is proportional to.
    private static double AssertClose<T>(T[] expected, T[] actual, double tolerance, string place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double scale = Math.Max(Difference.Largest<T>(expected, new T[expected.Length]), 1e-30);
        double worst = Difference.Largest<T>(expected, actual) / scale;
        Assert.True(worst <= tolerance, $"The {place} are {worst:e1} from those of scalar code.");
        return worst;
    }

    private sealed record Results<T>(
        T[] Outputs, T Loss, Dictionary<string, T[]> Gradients, Dictionary<string, T[]> Weights);
}
