using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Reference;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>PyTorch's weights of encoder–decoders, read from its files, give what it computes.</summary>
public sealed class PyTorchStackTests
{
    private static readonly Dictionary<string, Type> Types = new[]
    {
        typeof(TorchSutskever), typeof(TorchBahdanau), typeof(TorchLuong), typeof(TorchGnmt),
    }.ToDictionary(type => type.Name);

    /// <summary>All models on every target.</summary>
    public static TheoryData<string, SimdTarget> Models
    {
        get
        {
            var data = new TheoryData<string, SimdTarget>();
            foreach (string name in Types.Keys)
            {
                foreach (SimdTarget target in Harness.ModelCatalog.Targets)
                {
                    data.Add(name, target);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_PyTorchsFile_GivesItsOutputsLossAndGradients(string name, SimdTarget target)
    {
        Attentive model = Attentive.Load(Types[name], PathOf(name, "weights"), target);
        using var trainer = model.Trainer;
        var stored = new TensorFile(PathOf(name, "expected"));
        int[] source = stored.Integers("source");
        int[] sourceLengths = stored.Integers("source_lengths");
        int[] targetLengths = stored.Integers("target_lengths");
        double[] expected = stored.Doubles("outputs");
        double[] outputs = new double[expected.Length];
        model.Forward(source, stored.Integers("read"), sourceLengths, targetLengths, outputs);
        int size = stored.Shape("outputs")[2];
        for (int place = 0; place < outputs.Length; place++)
        {
            (int step, int sequence) = Math.DivRem(place / size, targetLengths.Length);
            Assert.Equal(step < targetLengths[sequence] ? expected[place] : 0, outputs[place], Tolerances.OutputDouble);
        }

        double loss = model.Differentiate(source, stored.Integers("targets"), sourceLengths, targetLengths);
        Assert.Equal(stored.Doubles("loss")[0], loss, Tolerances.OutputDouble);
        Assert.Equal(
            stored.Names.Where(entry => entry.StartsWith("gradient.", StringComparison.Ordinal)).Order(),
            model.Model.Tensors.Select(tensor => $"gradient.{tensor.Name}").Order());
        foreach (TensorMap tensor in model.Model.Tensors)
        {
            double[] gradient = stored.Doubles($"gradient.{tensor.Name}");
            double tolerance = Tolerances.GradientPyTorch * gradient.Max(Math.Abs);
            AssertClose(gradient, trainer.Gradient(tensor.Name), tolerance, tensor.Name);
        }
    }

    /// <summary>PyTorch's batch has sources of different lengths; here each is alone, without any padding.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Forward_EachPairAlone_GivesWhatPyTorchDoesForAllTogether(string name, SimdTarget target)
    {
        Attentive model = Attentive.Load(Types[name], PathOf(name, "weights"), target);
        using var trainer = model.Trainer;
        var stored = new TensorFile(PathOf(name, "expected"));
        int[] sourceLengths = stored.Integers("source_lengths");
        int[] targetLengths = stored.Integers("target_lengths");
        int size = stored.Shape("outputs")[2];
        double[][] rows = [.. stored.Doubles("outputs").Chunk(size)];
        Assert.True(sourceLengths.Distinct().Count() > 2);
        int sources = sourceLengths.Length;
        for (int i = 0; i < sources; i++)
        {
            double[] outputs = new double[targetLengths[i] * size];
            model.Forward(
                OfSequence(stored.Integers("source"), i, sources, sourceLengths[i]),
                OfSequence(stored.Integers("read"), i, sources, targetLengths[i]),
                [sourceLengths[i]], [targetLengths[i]], outputs);
            double[] expected = [.. OfSequence(rows, i, sources, targetLengths[i]).SelectMany(row => row)];
            AssertClose(expected, outputs, Tolerances.OutputDouble, $"pair {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Score_OfEachTarget_TellsPyTorchsProbabilityAndAttention(string name, SimdTarget target)
    {
        Attentive model = Attentive.Load(Types[name], PathOf(name, "weights"), target);
        using var trainer = model.Trainer;
        var stored = new TensorFile(PathOf(name, "expected"));
        int[] sourceLengths = stored.Integers("source_lengths");
        int[] targetLengths = stored.Integers("target_lengths");
        int sources = sourceLengths.Length;
        bool attends = name != nameof(TorchSutskever);
        for (int i = 0; i < sources; i++)
        {
            int[] source = OfSequence(stored.Integers("source"), i, sources, sourceLengths[i]);
            int[] targets = OfSequence(stored.Integers("targets"), i, sources, targetLengths[i] - 1);
            Hypothesis forced = model.Score(source, targets, new DecodingOptions { Attention = attends });
            Assert.Equal(stored.Doubles("log_probabilities")[i], forced.LogProbability, Tolerances.OutputDouble);
            if (!attends)
            {
                continue;
            }

            // [T, S, B], with zeros behind the source's end.
            double[] weights = OfSequence(
                stored.Doubles("attention"), i, sources, targetLengths[i] * stored.Shape("attention")[1]);
            double[][] rows = [.. weights.Chunk(stored.Shape("attention")[1])];
            AttentionMatrix matrix = Assert.Single(forced.Attention);
            Assert.Equal((rows.Length, source.Length), (matrix.Rows, matrix.SourceSteps));
            Assert.All(rows, row => Assert.All(row[source.Length..], weight => Assert.Equal(0, weight)));
            double[] expected = [.. rows.SelectMany(row => row[..source.Length])];
            AssertClose(expected, [.. matrix.Weights], Tolerances.OutputDouble, $"attention of {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Save_PyTorchsWeights_WritesThemBack(string name, SimdTarget target)
    {
        Attentive model = Attentive.Load(Types[name], PathOf(name, "weights"), target);
        using var trainer = model.Trainer;
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            model.Model.Save(path);
            var before = new TensorFile(PathOf(name, "weights"));
            var after = new TensorFile(path);
            Assert.Equal(before.Names.Order(), after.Names.Order());
            Assert.Equal(before.Names.Order(), model.Model.Tensors.Select(tensor => tensor.Name).Order());
            foreach (string tensor in before.Names)
            {
                Assert.Equal(before.Shape(tensor), after.Shape(tensor));
                Assert.Equal(before.Doubles(tensor), after.Doubles(tensor));
                Assert.Equal(before.Doubles(tensor), model.Model.GetTensor(tensor));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    // What a batch, [T, B], has of one sequence.
    private static T[] OfSequence<T>(T[] batch, int sequence, int sequences, int length) =>
        [.. Enumerable.Range(0, length).Select(step => batch[(step * sequences) + sequence])];

    private static string PathOf(string name, string part) =>
        Path.Combine(AppContext.BaseDirectory, "Reference", $"{name}.{part}.safetensors");

    private static void AssertClose(double[] expected, double[] actual, double tolerance, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]);
            Assert.True(error <= tolerance, $"{name}[{i}] is {actual[i]:r}; PyTorch has {expected[i]:r}: {error:e1}.");
        }
    }
}
