using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Heads;
using RnnGen.Weights;

namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>Models of two stacks, each along a time of its own.</summary>
public class StackTests
{
    private static readonly int[] SourceLengths = [3, 6, 1, 5];
    private static readonly int[] TargetLengths = [5, 2, 4, 1];

    public static TheoryData<SimdTarget> Targets => [.. Harness.ModelCatalog.Targets];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Forward_OfBothStacks_IsThatOfEncoderAndThenDecoder(SimdTarget target)
    {
        var model = new Translator(seed: 3, target);
        var encoder = new TranslatorEncoder(target: target);
        var decoder = new TranslatorDecoder(target: target);
        Copy(model, "encoder.", encoder.Tensors, encoder.SetTensor);
        Copy(model, "decoder.", decoder.Tensors, decoder.SetTensor);
        var random = new Random(5);
        int[] source = Tokens(random, 24, 9);
        int[] read = Tokens(random, 20, 7);

        double[] outputs = new double[20 * Translator.OutputSize];
        model.Forward(source, read, SourceLengths, TargetLengths, outputs);

        RecurrentStates<double> states = encoder.CreateStates(4);
        encoder.Forward(source, SourceLengths, new double[24 * TranslatorEncoder.OutputSize], null, states);
        double[] expected = new double[outputs.Length];
        decoder.Forward(read, TargetLengths, expected, states, null);
        Assert.Equal(expected, outputs);

        model.Forward(source, read, 4, outputs);
        encoder.Forward(source, 4, new double[24 * TranslatorEncoder.OutputSize], null, states);
        decoder.Forward(read, 4, expected, states, null);
        Assert.Equal(expected, outputs);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Forward_WithoutALoss_IsThatWithOne(SimdTarget target)
    {
        var model = new Translator(seed: 3, target);
        var untrained = new UntrainedTranslator(target: target);
        Copy(model, "", untrained.Tensors, untrained.SetTensor);
        var random = new Random(7);
        int[] source = Tokens(random, 24, 9);
        int[] read = Tokens(random, 20, 7);
        double[] expected = new double[20 * Translator.OutputSize];
        model.Forward(source, read, SourceLengths, TargetLengths, expected);
        double[] outputs = new double[expected.Length];
        untrained.Forward(source, read, SourceLengths, TargetLengths, outputs);

        Assert.Equal(expected, outputs);
        Assert.Contains(outputs, output => output != 0);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Gradients_OfBothStacks_AreThoseOfCentralDifferences(SimdTarget target)
    {
        var model = new Translator(seed: 4, target);
        var random = new Random(6);
        int[] source = Tokens(random, 24, 9);
        int[] read = Tokens(random, 20, 7);
        int[] wanted = Tokens(random, 20, 7);
        RecurrentStates<double> states = model.CreateStates(4);
        foreach (string name in states.Names)
        {
            states.Set(name, Numbers(random, states.Get(name).Length));
        }

        using Translator.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 2 });
        double Loss() => trainer.Evaluate(source, read, wanted, SourceLengths, TargetLengths, states);
        void Differentiate() =>
            trainer.ComputeGradients(source, read, wanted, SourceLengths, TargetLengths, states);

        Assert.Equal(["encoder.lstm.hidden", "encoder.lstm.cell"], states.Names.ToArray());
        var check = new SlopeCheck(Loss);
        Differentiate();
        foreach (TensorMap tensor in model.Tensors)
        {
            check.Compare(
                tensor, model.GetTensor(tensor.Name), values => model.SetTensor(tensor.Name, values),
                trainer.Gradient(tensor.Name));
        }

        foreach (string name in states.Names)
        {
            Differentiate();
            check.Compare(
                name, states.Get(name), values => states.Set(name, values), trainer.InitialStateGradient(name));
        }

        Assert.True(check.Worst.Value < Tolerances.Gradient, $"{check.Worst.Value:g3} at {check.Worst.Place}");
        Assert.Contains("encoder.embedding.weight", model.Tensors.Select(tensor => tensor.Name));
        Assert.Contains(trainer.Gradient("encoder.lstm.weight_ih_l0"), gradient => gradient != 0);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Gradients_BothWaysWithTwoHeads_AreThoseOfCentralDifferences(SimdTarget target)
    {
        var model = new Forecaster(seed: 4, target);
        var random = new Random(6);
        int[] sourceLengths = [2, 4, 3];
        int[] targetLengths = [7, 1, 4];
        double[] source = Numbers(random, 4 * 3 * 2);
        double[] read = Numbers(random, 7 * 3 * 4);
        double[] values = Numbers(random, 7 * 3 * 2);
        int[] kinds = Tokens(random, 3, 3);
        using Forecaster.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 1 });
        double Loss() => trainer.Evaluate(source, read, values, kinds, sourceLengths, targetLengths);
        trainer.ComputeGradients(source, read, values, kinds, sourceLengths, targetLengths);
        var check = new SlopeCheck(Loss);
        foreach (TensorMap tensor in model.Tensors)
        {
            check.Compare(
                tensor, model.GetTensor(tensor.Name), numbers => model.SetTensor(tensor.Name, numbers),
                trainer.Gradient(tensor.Name));
        }

        Assert.True(check.Worst.Value < Tolerances.Gradient, $"{check.Worst.Value:g3} at {check.Worst.Place}");
    }

    [Fact]
    public void Fit_Copying_IsLearntWithTheSameBitsOnAnyNumberOfThreads()
    {
        (double Loss, float[] Weights) Train(int threads)
        {
            var model = new Copier(seed: 1);
            var random = new Random(2);
            int[][] source = [.. Enumerable.Range(0, 200).Select(_ => Tokens(random, random.Next(1, 4), 5))];
            int[][] read = [.. source.Select(sequence => (int[])[5, .. sequence])];
            int[][] wanted = [.. source.Select(sequence => (int[])[.. sequence, 5])];
            using Copier.Trainer trainer = model.CreateTrainer(
                new TrainingOptions { Threads = threads, Optimizer = new Adam { LearningRate = 1e-2 } });
            TrainingReport report = trainer.Fit(
                new FeedSequences<float>().Add("source", source).Add("target", read).Add("targets", wanted),
                epochs: 12);
            return (report.Epochs[^1].TrainLoss,
                [.. model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name))]);
        }

        (double loss, float[] weights) = Train(1);
        Assert.True(loss < 0.5, $"The loss is {loss:g3}.");
        Assert.Equal(weights, Train(2).Weights);
        Assert.Equal(weights, Train(3).Weights);
    }

    [Fact]
    public void Step_AfterTheFirst_AllocatesNothing()
    {
        var model = new Translator(seed: 1);
        var random = new Random(5);
        int[] source = Tokens(random, 24, 9);
        int[] read = Tokens(random, 20, 7);
        double[] outputs = new double[20 * 7];
        using Translator.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 1 });
        void Once()
        {
            trainer.Step(source, read, read, SourceLengths, TargetLengths);
            model.Forward(source, read, SourceLengths, TargetLengths, outputs);
        }

        for (int i = 0; i < 60; i++)
        {
            Once();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Forward_BadPairs_AreRefusedByName()
    {
        var model = new Translator(seed: 1);
        void Refuses(string parameter, string reason, Action call)
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
            Assert.Equal(parameter, exception.ParamName);
            Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        }

        double[] outputs = new double[2 * 7];
        Refuses("target", "There is 1 sequence of target and 2 of source",
            () => model.Forward(new int[2], new int[1], [1, 1], [1], new double[7]));
        Refuses("source", "is 9; it must be from 0 to 8",
            () => model.Forward([9, 0], new int[2], [1, 1], [1, 1], outputs));
        Refuses("target", "is -1; it must be from 0 to 6",
            () => model.Forward(new int[2], [0, -1], [1, 1], [1, 1], outputs));
        Refuses("target", "a number of steps from 1 to 5",
            () => model.Forward(new int[1], new int[6], 1, new double[42]));
        Refuses("outputs", "There are 13 outputs",
            () => model.Forward(new int[2], new int[2], [1, 1], [1, 1], new double[13]));
        Refuses("lengths", "lengths[0] is 2",
            () => model.Forward(new int[2], new int[2], [2, 1], [1, 1], outputs));
    }

    private delegate void Setter(string name, ReadOnlySpan<double> values);

    private static void Copy(Translator from, string prefix, IEnumerable<TensorMap> tensors, Setter set)
    {
        foreach (TensorMap tensor in tensors)
        {
            set(tensor.Name, from.GetTensor(prefix + tensor.Name));
        }
    }

    private static int[] Tokens(Random random, int count, int vocabulary) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];

    private static double[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
}
