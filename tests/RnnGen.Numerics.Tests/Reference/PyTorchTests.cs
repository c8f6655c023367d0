using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Weights;
using Xunit.Abstractions;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>PyTorch's weights, read from its file, give PyTorch's outputs, losses, gradients and training.</summary>
public sealed class PyTorchTests(ITestOutputHelper output)
{
    public static TheoryData<string, SimdTarget> Models => ModelCatalog.OnEveryTarget(IsStored);

    public static TheoryData<string, SimdTarget> Trained => ModelCatalog.OnEveryTarget(facts =>
        facts.IsDouble && IsStored(facts) && new StoredCase(facts).Under("trained.").Any());

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_PyTorchsFile_GivesItsOutputsLossAndGradients(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            Compare<double>(facts, target, Tolerances.OutputDouble, Tolerances.GradientPyTorch);
        }
        else
        {
            Compare<float>(facts, target, Tolerances.OutputSingle, Tolerances.GradientSingle);
        }
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void Step_SixTimesAdamWithClipping_EqualsPyTorchs(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        var stored = new StoredCase(facts);
        TestedModel<double> model = TestedModel<double>.Load(facts, stored.WeightsPath, target);
        var options = new TrainingOptions { Optimizer = new Adam { LearningRate = 0.02 }, ClipNorm = 0.1 };
        using TestedTrainer<double> trainer = model.CreateTrainer(options);
        foreach (double loss in stored.Doubles("training_losses"))
        {
            Assert.Equal(loss, trainer.Step(stored.Sample<double>()), Tolerances.TrainingPyTorch);
        }

        var start = new TensorFile(stored.WeightsPath);
        foreach (string tensor in stored.Under("trained."))
        {
            double[] expected = stored.Doubles($"trained.{tensor}");
            if (tensor.Contains("bias_ih", StringComparison.Ordinal))
            {
                // The second bias of the file was added to the first on loading, and PyTorch did not train it.
                double[] second = start.Doubles(tensor.Replace("bias_ih", "bias_hh", StringComparison.Ordinal));
                expected = [.. expected.Zip(second, (first, other) => first + other)];
            }

            AssertClose(expected, model.Get(tensor), Tolerances.TrainingPyTorch, tensor);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Save_PyTorchsWeights_WritesThemBackWithBiasesSummed(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            SaveBack<double>(facts, target, (file, tensor) => file.Doubles(tensor), "F64");
        }
        else
        {
            SaveBack<float>(facts, target, (file, tensor) => Doubles(file.Singles(tensor)), "F32");
        }
    }

    private static bool IsStored(ModelFacts facts) => facts.Name.StartsWith("Torch", StringComparison.Ordinal);

    private void Compare<T>(ModelFacts facts, SimdTarget target, double outputTolerance, double gradientTolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var stored = new StoredCase(facts);
        TestedModel<T> model = TestedModel<T>.Load(facts, stored.WeightsPath, target);
        Sample<T> sample = stored.Sample<T>();
        T[] outputs = model.Forward(sample);
        double[] expected = stored.Result("outputs");
        double worst = 0;
        foreach (int row in sample.ValidRows())
        {
            Range values = (row * facts.OutputSize)..((row + 1) * facts.OutputSize);
            double error = AssertClose(expected[values], Doubles(outputs[values]), outputTolerance, $"row {row}");
            worst = Math.Max(worst, error);
        }

        using TestedTrainer<T> trainer = model.CreateTrainer(new TrainingOptions());
        double loss = double.CreateTruncating(trainer.ComputeGradients(sample));
        Assert.Equal(stored.Result("loss")[0], loss, outputTolerance);
        string[] tensors = [.. stored.Under("gradient.")];
        Assert.Equal(tensors.Order(), model.Tensors.Select(tensor => tensor.Name).Order());
        double worstGradient = 0;
        foreach (string tensor in tensors)
        {
            double[] gradient = stored.Doubles($"gradient.{tensor}");
            double scale = gradient.Max(Math.Abs);
            double error = AssertClose(gradient, Doubles(trainer.Gradient(tensor)), gradientTolerance * scale, tensor);
            worstGradient = Math.Max(worstGradient, error / scale);
        }

        output.WriteLine($"{facts.Name} on {target}: outputs {worst:e1}, gradients {worstGradient:e1}");
    }

    private static void SaveBack<T>(
        ModelFacts facts, SimdTarget target, Func<TensorFile, string, double[]> read, string type)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var stored = new StoredCase(facts);
        TestedModel<T> model = TestedModel<T>.Load(facts, stored.WeightsPath, target);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            model.Save(path);
            var before = new TensorFile(stored.WeightsPath);
            var after = new TensorFile(path);
            Assert.Equal(before.Names.Order(), after.Names.Order());
            foreach (TensorMap tensor in model.Tensors)
            {
                string name = tensor.Name;
                Assert.Equal(type, after.Type(name));
                Assert.Equal(before.Shape(name), after.Shape(name));
                Assert.Equal(Doubles(model.Get(name)), read(after, name));
                string other = OtherBias(name);
                double[] expected = before.Doubles(name);
                double[] actual = read(after, name);
                if (other != name)
                {
                    expected = Sum(expected, before.Doubles(other));
                    actual = Sum(actual, read(after, other));
                }

                Assert.Equal(expected.Select(T.CreateTruncating), actual.Select(T.CreateTruncating));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string OtherBias(string name) => name.Contains("bias_ih", StringComparison.Ordinal)
        ? name.Replace("bias_ih", "bias_hh", StringComparison.Ordinal)
        : name.Replace("bias_hh", "bias_ih", StringComparison.Ordinal);

    private static double[] Sum(double[] first, double[] second) => [.. first.Zip(second, (a, b) => a + b)];

    private static double[] Doubles<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. values.Select(double.CreateTruncating)];

    private static double AssertClose(double[] expected, double[] actual, double tolerance, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]);
            Assert.True(error <= tolerance, $"{name}[{i}] is {actual[i]:r}; PyTorch has {expected[i]:r}: {error:e1}.");
            worst = Math.Max(worst, error);
        }

        return worst;
    }
}
