using RnnGen.Training;
using static RnnGen.Tests.Training.TokenBagData;

namespace RnnGen.Tests.Training;

/// <summary>Fit keeps the best weights by a metric, and stops when there are no better ones for long.</summary>
public sealed class EarlyStoppingTests
{
    [Theory]
    [InlineData(true, 2, new[] { 0.1, 0.7, 0.3, 0.7, 0.2 })]
    [InlineData(false, 4, new[] { 9, 7, 8, 0.5, 6 })]
    [InlineData(true, 3, new[] { double.NaN, double.NegativeInfinity, 1, double.NaN, 1 })]
    [InlineData(true, 1, new[] { -3, double.PositiveInfinity, -4, double.NaN, -5 })]
    [InlineData(false, 5, new[] { double.NaN, double.NegativeInfinity, double.NaN, double.PositiveInfinity, 1e300 })]
    public void Fit_BestByAMetric_EndsWithTheWeightsOfThatEpoch(bool higherIsBetter, int best, double[] values)
    {
        ModelRuntime<double> model = NewModel();
        using var trainer = new TokenBagTrainer(model, new TrainingOptions
        {
            Metrics = [new TokenAccuracy(), new ScriptedMetric("own", higherIsBetter, values)],
            BestBy = "own",
        });
        List<double[]> weights = [];
        TrainingReport report = trainer.Fit(Data, 5, Data, new TrainingCallback(progress =>
        {
            if (progress.EpochEnded)
            {
                weights.Add(Table(model));
            }
        }));
        Assert.Equal(best, report.BestEpoch);
        Assert.Equal(best, report.Best!.Epoch);
        Assert.Equal("own", report.BestBy);
        Assert.Equal(report.Epochs[best - 1].ValidationLoss, report.BestValidationLoss);
        Assert.Equal(weights[best - 1], Table(model));
        Assert.NotEqual(weights[best % 5], Table(model));
        Assert.Contains($"those of epoch {best}, the best by own", report.Explanation, StringComparison.Ordinal);
        Assert.Contains(", best own ", report.ToString(), StringComparison.Ordinal);
        Assert.Contains($"(epoch {best})", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_NoValueOfTheMetricIsFinite_EndsWithTheLastWeights()
    {
        ModelRuntime<double> model = NewModel();
        ModelRuntime<double> twin = NewModel();
        using var trainer = new TokenBagTrainer(model, new TrainingOptions
        {
            Metrics = [new ScriptedMetric("own", true, double.NaN, double.NaN)],
            BestBy = "own",
        });
        using var twinTrainer = new TokenBagTrainer(twin, new TrainingOptions());
        TrainingReport report = trainer.Fit(Data, 2, Data);
        twinTrainer.Fit(Data, 2);
        Assert.Null(report.BestEpoch);
        Assert.Null(report.Best);
        Assert.Equal(TrainingOutcome.Completed, report.Outcome);
        Assert.Equal(Table(twin), Table(model));
    }

    [Theory]
    [InlineData(2, 5, new double[] { 1, 2, 3, 2, 2, 9, 9, 9 })]
    [InlineData(1, 4, new double[] { 1, 2, 3, 3, 9, 9, 9, 9 })]
    [InlineData(3, 7, new double[] { 1, 2, 1, 3, 3, 3, 3, 9 })]
    [InlineData(2, 2, new[] { double.NaN, double.NaN, 1, 2, 3, 4, 5, 6 })]
    public void Fit_WithoutPatienceLeft_StopsEarly(int patience, int last, double[] values)
    {
        foreach (bool keepsBest in (bool[])[true, false])
        {
            ModelRuntime<double> model = NewModel();
            using var trainer = new TokenBagTrainer(model, new TrainingOptions
            {
                Metrics = [new ScriptedMetric("own", true, values)],
                BestBy = "own",
                Patience = patience,
                KeepBest = keepsBest,
            });
            List<double[]> weights = [];
            TrainingReport report = trainer.Fit(Data, 8, Data, new TrainingCallback(progress =>
            {
                if (progress.EpochEnded)
                {
                    weights.Add(Table(model));
                }
            }));
            Assert.Equal(TrainingOutcome.StoppedEarly, report.Outcome);
            Assert.Equal(last, report.Epochs.Length);
            Assert.Equal(last, weights.Count);
            Assert.Equal(last - patience, report.BestEpoch ?? 0);
            int chosen = keepsBest && report.BestEpoch is { } best ? best : last;
            Assert.Equal(weights[chosen - 1], Table(model));
            Assert.Contains($"Stopped early, after epoch {last}: no better own for {patience} epoch",
                report.Explanation, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Fit_PatienceByValidationLoss_CountsEpochsWithoutALowerOne()
    {
        // Nothing is learnt, so the first epoch stays the best.
        ModelRuntime<double> model = NewModel();
        using var trainer = new TokenBagTrainer(
            model, new TrainingOptions { Optimizer = new Sgd { LearningRate = 0 }, Patience = 3 });
        TrainingReport report = trainer.Fit(Data, 50, Data);
        Assert.Equal(TrainingOutcome.StoppedEarly, report.Outcome);
        Assert.Equal(4, report.Epochs.Length);
        Assert.Equal(1, report.BestEpoch);
        Assert.Null(report.BestBy);
        Assert.Contains("no better validation loss for 3 epochs", report.Explanation, StringComparison.Ordinal);
        Assert.Contains("those of epoch 1, the best by validation", report.Explanation, StringComparison.Ordinal);

        // In the last epoch there is nothing left to stop.
        TrainingReport whole = trainer.Fit(Data, 4, Data);
        Assert.Equal(TrainingOutcome.Completed, whole.Outcome);
        Assert.Equal(4, whole.Epochs.Length);
    }

    [Fact]
    public void Fit_CanceledWhilePatienceEnds_IsCanceled()
    {
        using var trainer = new TokenBagTrainer(
            NewModel(), new TrainingOptions { Optimizer = new Sgd { LearningRate = 0 }, Patience = 1 });
        using var cancellation = new CancellationTokenSource();
        TrainingReport report = trainer.Fit(
            Data, 9, Data, CancelAfter(cancellation, epoch: 2), cancellation.Token);
        Assert.Equal(TrainingOutcome.Canceled, report.Outcome);
        Assert.Equal(2, report.Epochs.Length);
    }

    private static TrainingCallback CancelAfter(CancellationTokenSource cancellation, int epoch) => new(progress =>
    {
        if (progress.EpochEnded && progress.Epoch == epoch)
        {
            cancellation.Cancel();
        }
    });
}
