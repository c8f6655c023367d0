using RnnGen.Training;

namespace RnnGen.Tests.Training;

public class FitTests
{
    private const int Outputs = LeakyLinear.Outputs;
    private const int Inputs = LeakyLinear.Inputs;

    [Fact]
    public void Fit_LearnableSeries_LearnsIt()
    {
        var model = new LeakyModel(seed: 2);
        (float[] inputs, float[] targets) = LeakySeries.Draw(402, seed: 99);
        using LeakyModel.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Adam { LearningRate = 0.02 }, Threads = 2 });
        TrainingReport report = trainer.Fit(SequenceData.Windows(inputs, targets), epochs: 40);
        Assert.Equal(TrainingOutcome.Completed, report.Outcome);
        Assert.Equal(40, report.Epochs.Length);
        Assert.True(report.TrainLoss < 1e-4 && report.TrainLoss < report.Epochs[0].TrainLoss / 100, report.ToString());
        Assert.All(report.Epochs, epoch => Assert.Equal(402, epoch.Items));
        Assert.Equal(trainer.Steps, report.Steps);
        Assert.True(report.ItemsPerSecond > 0);
        Assert.Null(report.BestEpoch);
    }

    [Fact]
    public void Fit_OneOrTwoThreads_GivesTheSameBits()
    {
        float[][] weights = [.. new[] { 1, 2 }.Select(threads =>
        {
            var model = new LeakyModel(seed: 2);
            (float[] inputs, float[] targets) = LeakySeries.Draw(200, seed: 5);
            using LeakyModel.Trainer trainer = model.CreateTrainer(
                new TrainingOptions { Threads = threads, ClipNorm = 1 });
            trainer.Fit(Cut(inputs, targets), epochs: 3, validation: SequenceData.Windows(inputs, targets));
            return model.Weights();
        })];
        Assert.Equal(weights[0], weights[1]);
    }

    [Fact]
    public void Fit_InOneOrSeveralCalls_GivesTheSameBits()
    {
        float[][] weights = [.. new[] { 1, 3 }.Select(calls =>
        {
            var model = new LeakyModel(seed: 2);
            (float[] inputs, float[] targets) = LeakySeries.Draw(200, seed: 5);
            using LeakyModel.Trainer trainer = model.CreateTrainer();
            for (int call = 0; call < calls; call++)
            {
                trainer.Fit(Cut(inputs, targets), epochs: 3 / calls);
            }

            return model.Weights();
        })];
        Assert.Equal(weights[0], weights[1]);
    }

    [Fact]
    public void Fit_EpochMean_WeighsBatchesByTheirRows()
    {
        var model = new LeakyModel(seed: 2);
        (float[] inputs, float[] targets) = LeakySeries.Draw(13, seed: 5);
        using LeakyModel.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Sgd { LearningRate = 0 } });
        float[][] sequences = [.. Enumerable.Range(0, 7).Select(i => inputs[..((1 + i % 6) * Inputs)])];
        float[][] wanted = [.. Enumerable.Range(0, 7).Select(i => targets[..((1 + i % 6) * Outputs)])];
        TrainingReport report = trainer.Fit(SequenceData.Sequences(sequences, wanted), epochs: 1);
        double sum = 0;
        for (int i = 0; i < 7; i++)
        {
            sum += trainer.Evaluate(sequences[i], wanted[i], [1 + i % 6]) * (1 + i % 6);
        }

        Assert.Equal(sum / 22, report.TrainLoss, 1e-5);
        Assert.Equal(22, report.Epochs[0].Items);
    }

    [Fact]
    public void Fit_KeepBest_EndsWithTheBestEpochsWeights()
    {
        // A rate that grows from good to harmful: the best epoch is not the last.
        var model = new LeakyModel(seed: 2);
        (float[] inputs, float[] targets) = LeakySeries.Draw(200, seed: 5);
        SequenceData<float, float> data = SequenceData.Windows(inputs, targets);
        using LeakyModel.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Sgd { LearningRate = 0.05 },
            Schedule = new Growing(),
            ClipNorm = 1,
        });
        TrainingReport report = trainer.Fit(data, epochs: 12, validation: data);
        Assert.InRange(report.BestEpoch!.Value, 1, 11);
        Assert.Equal(report.Epochs.Min(epoch => epoch.ValidationLoss), report.BestValidationLoss);
        Assert.Contains("best by validation", report.Explanation, StringComparison.Ordinal);
        using LeakyModel.Trainer judge = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Sgd { LearningRate = 0 } });
        Assert.Equal(report.BestValidationLoss!.Value, judge.Fit(data, 1, data).ValidationLoss);
    }

    // The model does nothing but remember: a stream that starts without memory costs it much.
    [Theory]
    [InlineData(100)]
    [InlineData(191)]
    public void Fit_ShortWindowsAsValidation_AreMeasuredAsOneStream(int steps)
    {
        var model = new LeakyModel(seed: 2);
        model.Runtime.Parameters.Set("linear.decay", [-0.9f, -0.99f]);
        using LeakyModel.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Sgd { LearningRate = 0 } });
        (float[] inputs, float[] targets) = LeakySeries.Draw(steps, seed: 5);
        SequenceData<float, float> data = SequenceData.Windows(inputs, targets);
        using LeakyModel.State state = model.CreateState();
        double sum = 0;
        for (int step = 0; step < steps; step++)
        {
            ReadOnlySpan<float> outputs = model.Runtime.Step(inputs.AsSpan(step * Inputs, Inputs), state);
            for (int i = 0; i < Outputs; i++)
            {
                sum += Math.Pow(outputs[i] - targets[(step * Outputs) + i], 2);
            }
        }

        TrainingReport report = trainer.Fit(data, 1, data);
        Assert.Equal(sum / (steps * Outputs), report.ValidationLoss!.Value, 1e-5);
        Assert.NotEqual(report.TrainLoss, report.ValidationLoss!.Value, 1e-3);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(191, 1)]
    [InlineData(192, 2)]
    [InlineData(383, 3)]
    [InlineData(384, 4)]
    [InlineData(4000, 4)]
    public void Fit_WindowsAsValidation_HaveSixteenWindowsAStreamOrAreOne(int steps, int streams)
    {
        var counting = new LeakyLinear();
        var model = new LeakyModel(seed: 2, counting);
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        (float[] inputs, float[] targets) = LeakySeries.Draw(steps, seed: 5);
        BatchList data = LeakySeries.Batches(1, steps: 1, seed: 5);
        trainer.Fit(data, 1, SequenceData.Windows(inputs, targets));
        Assert.Equal(streams, counting.MostSequences);
    }

    [Fact]
    public void Fit_Canceled_StopsWithTheBestWeights()
    {
        var model = new LeakyModel(seed: 2);
        (float[] inputs, float[] targets) = LeakySeries.Draw(200, seed: 5);
        SequenceData<float, float> data = SequenceData.Windows(inputs, targets);
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        using var cancellation = new CancellationTokenSource();
        float[]? best = null;
        var progress = new TrainingCallback(report =>
        {
            if (report is { EpochEnded: true, Epoch: 3 })
            {
                best = model.Weights();
                cancellation.Cancel();
            }
        });
        TrainingReport report = trainer.Fit(data, 50, data, progress, cancellation.Token);
        Assert.Equal(TrainingOutcome.Canceled, report.Outcome);
        Assert.Equal(3, report.Epochs.Length);
        Assert.Equal(3, report.BestEpoch);
        Assert.Equal(best, model.Weights());
        Assert.Equal(TrainingOutcome.Canceled, trainer.Fit(data, 1, cancellationToken: cancellation.Token).Outcome);
    }

    [Fact]
    public void Fit_Progress_TellsEveryEpoch()
    {
        var model = new LeakyModel(seed: 2);
        (float[] inputs, float[] targets) = LeakySeries.Draw(50, seed: 5);
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        var seen = new List<TrainingProgress>();
        TrainingReport report = trainer.Fit(
            SequenceData.Windows(inputs, targets),
            3,
            SequenceData.Windows(inputs, targets),
            new TrainingCallback(seen.Add));
        TrainingProgress[] ends = [.. seen.Where(progress => progress.EpochEnded)];
        Assert.Equal([1, 2, 3], ends.Select(end => end.Epoch));
        Assert.Equal(report.Epochs.Select(epoch => epoch.TrainLoss), ends.Select(end => end.TrainLoss));
        Assert.Equal(report.Epochs.Select(epoch => epoch.ValidationLoss), ends.Select(end => end.ValidationLoss));
    }

    [Fact]
    public void Fit_LongEpoch_AllocatesNothingPerStep()
    {
        var model = new LeakyModel(seed: 2);
        (float[] inputs, float[] targets) = LeakySeries.Draw(24_000, seed: 5);
        SequenceData<float, float> shorter = SequenceData.Windows(inputs[..(240 * Inputs)], targets[..(240 * Outputs)]);
        SequenceData<float, float> longer = SequenceData.Windows(inputs, targets);
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        long first = Allocated(shorter);
        first = Allocated(shorter);
        Assert.InRange(Allocated(longer) - first, -2000, 2000);

        long Allocated(SequenceData<float, float> data)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(data, 1);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Fit_Labelled_LearnsTheClasses()
    {
        var model = new ModelRuntime<double>(new TokenBag());
        int[][] inputs = [.. Enumerable.Range(0, 28).Select(i => Enumerable.Repeat(i % 7, 1 + i % 5).ToArray())];
        int[] labels = [.. Enumerable.Range(0, 28).Select(i => i % 7 % 4)];
        using var trainer = new TokenBagTrainer(
            model, new TrainingOptions { Optimizer = new Adam { LearningRate = 0.1 } });
        TrainingReport report = trainer.Fit(SequenceData.Labelled(inputs, labels), epochs: 60);
        Assert.True(report.TrainLoss < 0.05, report.ToString());
        Assert.Equal(60 * 10, report.Steps);
    }

    [Fact]
    public void Fit_BadArguments_AreRefused()
    {
        using LeakyModel.Trainer trainer = new LeakyModel().CreateTrainer();
        SequenceData<float, float> data = SequenceData.Windows(new float[Inputs], new float[Outputs]);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(data, 0));
        Assert.Throws<ArgumentNullException>(() => trainer.Fit(null!, 1));
        Assert.Equal(1, trainer.Fit(data, 1).Steps);
    }

    private static SequenceData<float, float> Cut(float[] inputs, float[] targets) => SequenceData.Sequences(
        inputs.Chunk(5 * Inputs).ToArray(), targets.Chunk(5 * Outputs).ToArray());

    private sealed class Growing : LearningRateSchedule
    {
        public override double RateAt(long step, long totalSteps, double baseRate) =>
            baseRate * Math.Pow(200, (double)step / totalSteps);
    }
}
