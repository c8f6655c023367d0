namespace RnnGen.Tests.Training;

/// <summary>A trainer does one thing at a time, and says what it is doing to whoever calls meanwhile.</summary>
public sealed class TrainerExclusivityTests
{
    private const int Steps = 6;
    private const int Batch = 4;

    private static readonly (float[] Inputs, float[] Targets) Series = LeakySeries.Draw(Steps * Batch, seed: 5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnyCall_FromACallbackOfFit_IsRefusedAndChangesNothing(int threads)
    {
        var model = new LeakyModel(seed: 2);
        var twin = new LeakyModel(seed: 2);
        using LeakyModel.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = threads });
        using LeakyModel.Trainer twinTrainer = twin.CreateTrainer(new TrainingOptions { Threads = threads });
        SequenceData<float, float> data = SequenceData.Windows(Series.Inputs, Series.Targets);
        int refused = 0;
        var callback = new TrainingCallback(_ => refused += Refused(trainer, data));
        TrainingReport report = trainer.Fit(data, 3, data, callback);
        TrainingReport expected = twinTrainer.Fit(data, 3, data);
        Assert.True(refused > 0);
        Assert.Equal(expected.Epochs.Select(epoch => epoch.TrainLoss), report.Epochs.Select(epoch => epoch.TrainLoss));
        Assert.Equal(twin.Weights(), model.Weights());

        // Neither was it disposed: it can be used, and disposed now.
        trainer.Step(Series.Inputs, Series.Targets, Batch);
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.Fit(data, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnyCall_FromAnotherThreadDuringFit_IsRefused(int threads)
    {
        var model = new LeakyModel(seed: 2);
        using LeakyModel.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = threads });
        SequenceData<float, float> data = SequenceData.Windows(Series.Inputs, Series.Targets);
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        TrainingReport? report = null;
        var survivor = new Thread(() => report = trainer.Fit(
            data,
            2,
            progress: new TrainingCallback(_ =>
            {
                entered.Set();
                leave.Wait();
            })));
        survivor.Start();
        entered.Wait();
        int refused = Refused(trainer, data);
        leave.Set();
        survivor.Join();
        Assert.True(refused > 0);
        Assert.Equal(TrainingOutcome.Completed, report!.Outcome);
        Assert.Equal(2, report.Epochs.Length);
    }

    [Fact]
    public void AnyCall_FromAReaderOrASchedule_IsRefused()
    {
        int refused = 0;
        LeakyModel.Trainer? trainer = null;
        BatchList sound = LeakySeries.Batches(2, steps: 3, seed: 5);
        var data = new BatchList(sound.Batches) { Reading = _ => refused += Refused(trainer!, sound) };
        using (trainer = new LeakyModel(seed: 2).CreateTrainer())
        {
            Assert.Equal(TrainingOutcome.Completed, trainer.Fit(data, 1).Outcome);
        }

        Assert.True(refused > 0);
    }

    [Fact]
    public void Dispose_DuringAStepOfAnotherThread_IsRefusedAndWorksAfterwards()
    {
        LeakyModel.Trainer? trainer = null;
        Exception? during = null;
        var schedule = new Asking(() => during = Record.Exception(() => trainer!.Dispose()));
        trainer = new LeakyModel(seed: 2).CreateTrainer(new TrainingOptions { Schedule = schedule, TotalSteps = 2 });
        trainer.Step(Series.Inputs, Series.Targets, Batch);
        Assert.Contains(
            "Dispose was called while Step is running",
            Assert.IsType<InvalidOperationException>(during).Message,
            StringComparison.Ordinal);
        trainer.Step(Series.Inputs, Series.Targets, Batch);
        trainer.Dispose();
        trainer.Dispose();
    }

    [Fact]
    public void Fit_CallbackThrows_PassesItOnWithTheBestWeights()
    {
        var model = new LeakyModel(seed: 2);
        SequenceData<float, float> data = SequenceData.Windows(Series.Inputs, Series.Targets);
        using LeakyModel.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Sgd { LearningRate = 0.05 },
            Schedule = new Worsening(),
            ClipNorm = 1,
        });
        var seen = new List<(double Loss, float[] Weights)>();
        var callback = new TrainingCallback(progress =>
        {
            if (progress.EpochEnded)
            {
                seen.Add((progress.ValidationLoss!.Value, model.Weights()));
            }

            if (progress is { EpochEnded: true, Epoch: 8 })
            {
                throw new InvalidTimeZoneException();
            }
        });
        Assert.Throws<InvalidTimeZoneException>(() => trainer.Fit(data, 10, data, callback));
        Assert.Equal(8, seen.Count);
        (double loss, float[] weights) = seen.MinBy(epoch => epoch.Loss);
        Assert.NotEqual(seen[^1].Loss, loss);
        Assert.Equal(weights, model.Weights());

        // The trainer is free again.
        trainer.ResetState();
        trainer.Fit(data, 1);
    }

    [Fact]
    public void TrainingCallback_RunsOnTheCallingThreadBetweenSteps()
    {
        var model = new LeakyModel(seed: 2);
        SequenceData<float, float> data = SequenceData.Windows(Series.Inputs, Series.Targets);
        using LeakyModel.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 2 });
        var threads = new HashSet<int>();
        var weights = new List<float[]>();
        trainer.Fit(data, 3, progress: new TrainingCallback(progress =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            if (progress.EpochEnded)
            {
                weights.Add(model.Weights());
            }
        }));
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
        for (int epochs = 1; epochs <= 3; epochs++)
        {
            var twin = new LeakyModel(seed: 2);
            using LeakyModel.Trainer twinTrainer = twin.CreateTrainer();
            twinTrainer.Fit(data, epochs);
            Assert.Equal(twin.Weights(), weights[epochs - 1]);
        }

        Assert.Throws<ArgumentNullException>("action", () => new TrainingCallback(null!));
    }

    private static int Refused(LeakyModel.Trainer trainer, SequenceData<float, float> data)
    {
        (string Name, Action Call)[] calls =
        [
            ("Step", () => trainer.Step(Series.Inputs, Series.Targets, Batch)),
            ("Evaluate", () => trainer.Evaluate(Series.Inputs, Series.Targets, Batch)),
            ("ComputeGradients", () => trainer.ComputeGradients(Series.Inputs, Series.Targets, Batch)),
            ("Gradient", () => trainer.Gradient("linear.decay")),
            ("ResetState", trainer.ResetState),
            ("ResetState", () => trainer.ResetState(1)),
            ("Fit", () => trainer.Fit(data, 1)),
            ("Dispose", trainer.Dispose),
        ];
        Assert.All(calls, call => Assert.StartsWith(
            $"{call.Name} was called while Fit is running",
            Assert.Throws<InvalidOperationException>(call.Call).Message,
            StringComparison.Ordinal));
        return calls.Length;
    }

    private sealed class Asking(Action action) : LearningRateSchedule
    {
        public override double RateAt(long step, long totalSteps, double baseRate)
        {
            action();
            return baseRate;
        }
    }

    private sealed class Worsening : LearningRateSchedule
    {
        public override double RateAt(long step, long totalSteps, double baseRate) =>
            step < totalSteps / 2 ? baseRate : 100 * baseRate;
    }
}
