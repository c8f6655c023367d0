namespace RnnGen.Tests.Training;

/// <summary>However Fit ends, the model has finite weights: the best, or the latest good ones.</summary>
public sealed class FitEndingTests
{
    private const int Inputs = LeakyLinear.Inputs;

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Fit_NoNumberInDataOrValidation_IsRefusedBeforeTraining(float value)
    {
        (float[] inputs, float[] targets) = LeakySeries.Draw(200, seed: 5);
        SequenceData<float, float> sound = SequenceData.Windows(inputs, targets);
        float[] badInputs = [.. inputs];
        badInputs[595] = value;
        float[] badTargets = [.. targets];
        badTargets[7] = value;
        RefusesData(SequenceData.Windows(badInputs, targets), sound, "inputs[595] (step 198, feature 1)");
        RefusesData(SequenceData.Windows(inputs, badTargets), sound, "targets[7] (step 3, output 1)");
        RefusesData(SequenceData.SlidingWindows(badInputs, targets, 2), sound, "inputs[595] (step 198, feature 1)");
        RefusesData(SequenceData.SlidingWindows(inputs, badTargets, 2), sound, "targets[7] (step 3, output 1)");
        RefusesData(
            SequenceData.Sequences(badInputs.Chunk(5 * Inputs).ToArray(), targets.Chunk(10).ToArray()),
            sound,
            "inputs[39][10] (step 3, feature 1)");
    }

    private static void RefusesData(
        SequenceData<float, float> bad, SequenceData<float, float> sound, string place)
    {
        var model = new LeakyModel(seed: 2);
        float[] before = model.Weights();
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        var ofData = Assert.Throws<ArgumentException>("data", () => trainer.Fit(bad, 1, sound));
        var ofValidation = Assert.Throws<ArgumentException>("validation", () => trainer.Fit(sound, 1, bad));
        Assert.StartsWith($"data: {place}", ofData.Message, StringComparison.Ordinal);
        Assert.StartsWith($"validation: {place}", ofValidation.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights());
        Assert.Equal(0, trainer.Steps);
    }

    [Fact]
    public void Fit_NoNumberThatNobodyReads_IsNotLookedAt()
    {
        // A window of 6 steps, then 3 that no window has.
        (float[] inputs, float[] targets) = LeakySeries.Draw(24, seed: 5);
        inputs.AsSpan(6 * Inputs, 3 * Inputs).Fill(float.NaN);
        using LeakyModel.Trainer trainer = new LeakyModel(seed: 2).CreateTrainer();
        TrainingReport report = trainer.Fit(SequenceData.SlidingWindows(inputs, targets, stride: 9), epochs: 1);
        Assert.Equal(TrainingOutcome.Completed, report.Outcome);
        Assert.Equal(18, report.Epochs[0].Items);
    }

    [Fact]
    public void Fit_OverflowInTheLastOfManyBatches_KeepsWhatTheOthersTaught()
    {
        BatchList sound = LeakySeries.Batches(899, steps: 2, seed: 5);
        (float[] Inputs, float[] Targets) overflowing = ([.. Enumerable.Repeat(1e30f, Inputs)], [0, 0]);
        var model = new LeakyModel(seed: 2);
        var twin = new LeakyModel(seed: 2);
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        using LeakyModel.Trainer twinTrainer = twin.CreateTrainer();
        TrainingReport report = trainer.Fit(new BatchList([.. sound.Batches, overflowing]), epochs: 3);
        twinTrainer.Fit(sound, epochs: 1);
        Assert.Equal(TrainingOutcome.Diverged, report.Outcome);
        Assert.Equal(899, report.Steps);
        Assert.Contains("as step 899 left them", report.Explanation, StringComparison.Ordinal);
        Assert.Contains("smaller learning rate", report.Explanation, StringComparison.Ordinal);
        Assert.Contains("899 steps, no whole epoch, ", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(twin.Weights(), model.Weights());
    }

    [Fact]
    public void Fit_OverflowInValidationAlone_SaysSoAndKeepsTheEpoch()
    {
        BatchList sound = LeakySeries.Batches(20, steps: 2, seed: 5);
        BatchList overflowing = new([([.. Enumerable.Repeat(1e30f, Inputs)], [0, 0])]);
        var model = new LeakyModel(seed: 2);
        var twin = new LeakyModel(seed: 2);
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        using LeakyModel.Trainer twinTrainer = twin.CreateTrainer();
        TrainingReport report = trainer.Fit(sound, 3, overflowing);
        twinTrainer.Fit(sound, 1);
        Assert.Equal(TrainingOutcome.Diverged, report.Outcome);
        Assert.Null(report.BestEpoch);
        Assert.Contains("validation loss of epoch 1", report.Explanation, StringComparison.Ordinal);
        Assert.Equal(twin.Weights(), model.Weights());
    }

    [Fact]
    public void Fit_LastUpdateSpoilsTheLoss_IsNotCompleted()
    {
        // 3e37 as a weight is finite, what it makes of the data is not.
        foreach (bool validates in (bool[])[false, true])
        {
            var model = new LeakyModel(seed: 2);
            (float[] inputs, float[] targets) = LeakySeries.Draw(8, seed: 5);
            SequenceData<float, float> data = SequenceData.Windows(inputs, targets);
            float[] before = model.Weights();
            using LeakyModel.Trainer trainer = model.CreateTrainer(
                new TrainingOptions { Optimizer = new Sgd { LearningRate = 3e37 } });
            TrainingReport report = trainer.Fit(data, 1, validates ? data : null);
            Assert.Equal(1, report.Steps);
            Assert.Equal(TrainingOutcome.Diverged, report.Outcome);
            Assert.Contains("from before the training", report.Explanation, StringComparison.Ordinal);
            Assert.Equal(before, model.Weights());
        }
    }

    [Fact]
    public void Fit_AnyRateAndOptimizer_EndsWithFiniteWeightsOfAFiniteLoss()
    {
        var random = new Random(11);
        BatchList data = LeakySeries.Batches(1, steps: 6, seed: 5);
        var outcomes = new HashSet<TrainingOutcome>();
        for (int trial = 0; trial < 200; trial++)
        {
            var model = new LeakyModel(seed: 2);
            var options = new TrainingOptions
            {
                Optimizer = RandomOptimizers.Draw(random, mostExponent: 39),
                ClipNorm = random.Next(2) == 0 ? null : Math.Pow(10, random.Next(-3, 30)),
                Threads = 1 + (trial % 2),
                KeepBest = random.Next(2) == 0,
            };
            using LeakyModel.Trainer trainer = model.CreateTrainer(options);
            using var cancellation = new CancellationTokenSource();
            int last = random.Next(1, 12);
            var stop = new TrainingCallback(progress =>
            {
                if (progress.EpochEnded && progress.Epoch == last)
                {
                    cancellation.Cancel();
                }
            });
            TrainingReport report = trainer.Fit(
                data, 8, random.Next(2) == 0 ? data : null, stop, cancellation.Token);
            outcomes.Add(report.Outcome);
            Assert.All(model.Weights(), weight => Assert.True(float.IsFinite(weight), report.ToString()));
            Assert.True(LossIsFinite(model, data), report.ToString());
        }

        Assert.Equal(3, outcomes.Count);
    }

    private static bool LossIsFinite(LeakyModel model, BatchList data)
    {
        using LeakyModel.Trainer judge = model.CreateTrainer();
        return double.IsFinite(judge.Evaluate(data.Batches[0].Inputs, data.Batches[0].Targets, [6]));
    }
}
