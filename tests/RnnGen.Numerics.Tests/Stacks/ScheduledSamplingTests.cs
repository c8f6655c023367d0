namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>Decoders that read what they have given, while they train.</summary>
public sealed class ScheduledSamplingTests
{
    private static readonly int[] SourceLengths = [3, 5, 1, 4];
    private static readonly int[] TargetLengths = [6, 2, 4, 1];

    // [T, B], each target with its end.
    private static readonly int[] Source = [3, 0, 5, 1, 8, 5, 8, 2, 4, 6, 7, 0, 1, 1, 3, 5, 2, 7, 0, 4];
    private static readonly int[] Targets = [4, 5, 6, 2, 0, 2, 3, 0, 6, 0, 5, 0, 3, 0, 2, 0, 5, 0, 0, 0, 2, 0, 0, 0];

    [Fact]
    public void TruthAt_IsThatOfTheSchedule()
    {
        Assert.Equal(0, ScheduledSampling.FreeRunning.TruthAt(7));
        Assert.Equal(0.3, ScheduledSampling.Constant(0.3).TruthAt(1_000_000));
        ScheduledSampling linear = ScheduledSampling.Linear(0.01, least: 0.25);
        Assert.Equal([1, 0.9, 0.25], new[] { 0L, 10, 900 }.Select(linear.TruthAt));
        Assert.Equal(Math.Pow(0.99, 50), ScheduledSampling.Exponential(0.99).TruthAt(50), 1e-15);
        ScheduledSampling sigmoid = ScheduledSampling.InverseSigmoid(100);
        Assert.Equal(100.0 / 101, sigmoid.TruthAt(0), 1e-15);
        Assert.Equal(0.5, sigmoid.TruthAt((long)Math.Round(100 * Math.Log(100))), 0.003);
        Assert.Equal(0, sigmoid.TruthAt(1_000_000), 1e-15);
        Assert.Equal("targets read with probability 0.3", ScheduledSampling.Constant(0.3).ToString());
    }

    [Fact]
    public void Schedules_OutOfRange_AreRefused()
    {
        Assert.Contains("truth is 1.5; it must be from 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(
            () => ScheduledSampling.Constant(1.5)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ScheduledSampling.Linear(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScheduledSampling.Linear(0.1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScheduledSampling.Exponential(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScheduledSampling.InverseSigmoid(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScheduledSampling.FreeRunning.TruthAt(-1));
    }

    [Fact]
    public void Step_ReadingTargets_IsTeacherForcing() =>
        Assert.Equal(Weights(null, 1), Weights(ScheduledSampling.Constant(1), 1));

    // Told to read what it gives greedily, a model that reads targets takes the same step.
    [Fact]
    public void Step_FreeRunning_IsThatOfReadingWhatItGives()
    {
        var model = new DotFed(seed: 5);
        var told = new ToldDotFed(seed: 5);
        int[] read = new int[24];
        for (int i = 0; i < 4; i++)
        {
            int[] one = [.. Enumerable.Range(0, SourceLengths[i]).Select(t => Source[(t * 4) + i])];
            StreamingDecoder<double> decoder = model.CreateDecoder();
            double[] logits = decoder.Begin(one).ToArray();
            read[i] = 1;
            for (int t = 1; t < TargetLengths[i]; t++)
            {
                read[(t * 4) + i] = Array.IndexOf(logits, logits.Max());
                logits = decoder.Step(read[(t * 4) + i]).ToArray();
            }
        }

        Assert.NotEqual(Targets[0], read[4]);
        using DotFed.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { ScheduledSampling = ScheduledSampling.FreeRunning });
        using ToldDotFed.Trainer toldTrainer = told.CreateTrainer();
        double loss = trainer.Step(Source, Targets, SourceLengths, TargetLengths);
        Assert.Equal(toldTrainer.Step(Source, read, Targets, SourceLengths, TargetLengths), loss);
        Assert.All(model.Tensors, tensor =>
            Assert.Equal(told.GetTensor(tensor.Name), model.GetTensor(tensor.Name)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_Sampling_IsTheSameOnAnyNumberOfThreads(bool draws)
    {
        ScheduledSampling half = ScheduledSampling.Constant(0.5) with { Draws = draws };
        double[] one = Weights(half, 1);
        Assert.Equal(one, Weights(half, 2));
        Assert.Equal(one, Weights(half, 3));
        Assert.NotEqual(one, Weights(null, 1));
        Assert.NotEqual(one, Weights(half, 1, seed: 2));
        Assert.NotEqual(one, Weights(half with { Draws = !draws }, 1));
    }

    [Fact]
    public void Step_Sampling_AllocatesNothing()
    {
        var model = new DotFed(seed: 5);
        using DotFed.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            ScheduledSampling = ScheduledSampling.Constant(0.5) with { Draws = true },
        });
        for (int i = 0; i < 200; i++)
        {
            trainer.Step(Source, Targets, SourceLengths, TargetLengths);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Step(Source, Targets, SourceLengths, TargetLengths);

        // Random numbers have an object of their own in each step.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 128);
    }

    [Fact]
    public void CreateTrainer_OfAModelThatDoesNotDecode_RefusesIt() => Assert.Contains(
        "does not decode",
        Assert.Throws<ArgumentException>(() => new ToldDotFed().CreateTrainer(
            new TrainingOptions { ScheduledSampling = ScheduledSampling.FreeRunning })).Message,
        StringComparison.Ordinal);

    private static double[] Weights(ScheduledSampling? sampling, int threads, ulong seed = 1)
    {
        var model = new DotFed(seed: 5);
        using DotFed.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { ScheduledSampling = sampling, Threads = threads, Seed = seed });
        for (int i = 0; i < 5; i++)
        {
            trainer.Step(Source, Targets, SourceLengths, TargetLengths);
        }

        return [.. model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name))];
    }
}
