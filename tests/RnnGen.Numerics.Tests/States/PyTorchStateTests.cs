using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Numerics.Tests.States;

/// <summary>PyTorch's <c>h_0</c> and <c>c_0</c> give its <c>h_n</c> and <c>c_n</c>, and their gradients.</summary>
public sealed class PyTorchStateTests
{
    private const string Initial = "initial.";

    public static TheoryData<string, SimdTarget> Models => ModelCatalog.OnEveryTarget(facts =>
        facts.IsDouble && facts.Name.StartsWith("Torch", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Models))]
    public void GivenStates_OfPyTorch_GiveItsOutputsStatesAndGradients(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        var stored = new StoredCase(facts);
        string path = Path.Combine(AppContext.BaseDirectory, "Reference", $"{name}.states.safetensors");
        var expected = new TensorFile(path);
        TestedModel<double> model = TestedModel<double>.Load(facts, stored.WeightsPath, target);
        Sample<double> sample = stored.Sample<double>();
        RecurrentStates<double> initial = model.CreateStates(sample.Batch);
        RecurrentStates<double> final = model.CreateStates(sample.Batch);
        Assert.Equal(
            expected.Names.Where(tensor => tensor.StartsWith(Initial, StringComparison.Ordinal)),
            initial.Names.Select(state => Initial + state));
        foreach (string state in initial.Names)
        {
            Assert.Equal(expected.Shape(Initial + state), initial.ShapeOf(state).ToArray());
            initial.Set(state, expected.Doubles(Initial + state));
        }

        double[] outputs = new double[sample.OutputRows * facts.OutputSize];
        model.Forward(sample, outputs, initial, final);
        foreach (int row in sample.ValidRows())
        {
            Range values = (row * facts.OutputSize)..((row + 1) * facts.OutputSize);
            AssertClose(expected.Doubles("outputs")[values], outputs[values], Tolerances.OutputDouble);
        }

        using TestedTrainer<double> trainer = model.CreateTrainer(new TrainingOptions());
        double loss = trainer.ComputeGradients(sample, initial, null);
        Assert.Equal(expected.Doubles("loss")[0], loss, Tolerances.OutputDouble);
        foreach (string state in initial.Names)
        {
            AssertClose(expected.Doubles($"final.{state}"), final.Get(state), Tolerances.OutputDouble);
            AssertGradient(expected.Doubles($"gradient.{state}"), trainer.InitialStateGradient(state));
        }

        foreach (var tensor in model.Tensors)
        {
            AssertGradient(expected.Doubles($"gradient.{tensor.Name}"), trainer.Gradient(tensor.Name));
        }
    }

    private static void AssertGradient(double[] expected, double[] actual) =>
        AssertClose(expected, actual, Tolerances.GradientPyTorch * expected.Max(Math.Abs));

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
