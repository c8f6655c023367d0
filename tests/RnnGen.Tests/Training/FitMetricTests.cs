using RnnGen.Training;
using static RnnGen.Tests.Training.TokenBagData;

namespace RnnGen.Tests.Training;

/// <summary>Fit measures metrics on the validation data after every epoch.</summary>
public sealed class FitMetricTests
{
    [Fact]
    public void Fit_TokenAccuracy_IsThatOfTheModelAfterEachEpoch()
    {
        ModelRuntime<double> model = NewModel();
        using var trainer = new TokenBagTrainer(model, new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = 0.1 },
            Metrics = [new TokenAccuracy(), new ExactMatch()],
        });
        List<double> measured = [];
        List<double> told = [];
        TrainingReport report = trainer.Fit(Data, 30, Data, new TrainingCallback(progress =>
        {
            Assert.Equal(progress.EpochEnded ? 2 : 0, progress.Metrics.Length);
            if (progress.EpochEnded)
            {
                measured.Add(Accuracy(model));
                told.Add(progress.Metrics[0].Value);
                Assert.Contains(", token accuracy ", progress.ToString(), StringComparison.Ordinal);
            }
        }));
        Assert.Equal(measured, report.Epochs.Select(epoch => epoch.Metric("token accuracy")));
        Assert.Equal(measured, told);
        Assert.Equal(measured, report.Epochs.Select(epoch => epoch.Metric("exact match")));
        Assert.Equal(1, report.Epochs[^1].Metric("token accuracy"));
        Assert.True(measured.Distinct().Count() > 2);
    }

    [Fact]
    public void Fit_WithMetrics_TrainsTheSameBitsAsWithout()
    {
        (double[] Weights, double[] Losses) Train(params Metric[] metrics)
        {
            ModelRuntime<double> model = NewModel();
            using var trainer = new TokenBagTrainer(model, new TrainingOptions { Metrics = [.. metrics] });
            TrainingReport report = trainer.Fit(Data, 4, Data);
            return (Table(model), [.. report.Epochs.SelectMany(epoch => (double[])
                [epoch.TrainLoss, epoch.ValidationLoss!.Value])]);
        }

        (double[] weights, double[] losses) = Train();
        (double[] measuredWeights, double[] measuredLosses) = Train(new TokenAccuracy(), new ExactMatch());
        Assert.Equal(weights, measuredWeights);
        Assert.Equal(losses, measuredLosses);
    }

    [Fact]
    public void Fit_CanceledWhileMeasuring_HasNeitherLossNorMetricsOfThatEpoch()
    {
        ModelRuntime<double> model = NewModel();
        using var cancellation = new CancellationTokenSource();
        using var trainer = new TokenBagTrainer(model, new TrainingOptions
        {
            Metrics =
            [
                new ScriptedMetric("own", true, 1, 2, 3)
                {
                    Adding = measurement =>
                    {
                        if (measurement == 2)
                        {
                            cancellation.Cancel();
                        }
                    },
                },
            ],
            BestBy = "own",
        });
        TrainingReport report = trainer.Fit(Data, 9, Data, cancellationToken: cancellation.Token);
        Assert.Equal(TrainingOutcome.Canceled, report.Outcome);
        Assert.Equal(2, report.Epochs.Length);
        Assert.Null(report.Epochs[1].ValidationLoss);
        Assert.Empty(report.Epochs[1].Metrics);
        Assert.Equal(1, report.BestEpoch);
        Assert.Contains("those of epoch 1", report.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_AMetricThrows_ComesOutWithTheBestWeights()
    {
        ModelRuntime<double> model = NewModel();
        double[] best = [];
        using var trainer = new TokenBagTrainer(model, new TrainingOptions
        {
            Metrics =
            [
                new ScriptedMetric("own", true, 1, 2, 3)
                {
                    Adding = measurement => _ = measurement < 3 ? 0 : throw new FormatException("own"),
                },
            ],
            BestBy = "own",
        });
        Assert.Throws<FormatException>(() => trainer.Fit(Data, 9, Data, new TrainingCallback(progress =>
            best = progress is { EpochEnded: true, Epoch: 2 } ? Table(model) : best)));
        Assert.NotEmpty(best);
        Assert.Equal(best, Table(model));
        trainer.ResetState();
    }

    [Fact]
    public void Fit_AMetricWithoutAccumulator_IsNamed()
    {
        using var trainer = new TokenBagTrainer(NewModel(), new TrainingOptions { Metrics = [new Empty()] });
        var exception = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Data, 1, Data));
        Assert.Equal("Empty.Begin gave no accumulator for 'nothing'.", exception.Message);
    }

    [Fact]
    public void Fit_InfiniteValidationLoss_HasMetricsThatAreNoNumbersAndNoBestEpoch()
    {
        // Nobody trains the table's row of token 6.
        ModelRuntime<double> model = NewModel();
        double[] table = Table(model);
        table[(6 * TokenBag.Classes) + 1] = double.MaxValue;
        model.Parameters.Set("table.weight", table);
        using var trainer = new TokenBagTrainer(
            model, new TrainingOptions { Metrics = [new TokenAccuracy()], BestBy = "token accuracy", Patience = 5 });
        TrainingReport report = trainer.Fit(Data, 3, SequenceData.Labelled([[0], [6, 6]], [0, 1]));
        Assert.Equal(TrainingOutcome.Diverged, report.Outcome);
        EpochReport epoch = Assert.Single(report.Epochs);
        Assert.Equal(double.NaN, epoch.Metric("token accuracy"));
        Assert.Contains("token accuracy NaN", epoch.ToString(), StringComparison.Ordinal);
        Assert.Null(report.BestEpoch);
    }

    [Fact]
    public void Options_ThatDoNotFit_AreRefusedByName()
    {
        Refuses("BestBy is 'BLEU', but no metric has this name; there is 'token accuracy'.",
            new TrainingOptions { Metrics = [new TokenAccuracy()], BestBy = "BLEU" });
        Refuses("BestBy is 'BLEU', but no metric has this name; there are none.",
            new TrainingOptions { BestBy = "BLEU" });
        Refuses("There are two metrics 'a': give one of them another Name.",
            new TrainingOptions { Metrics = [new ExactMatch { Name = "a" }, new TokenAccuracy { Name = "a" }] });
        Refuses("'BLEU' compares what is decoded, but this model does not decode",
            new TrainingOptions { Metrics = [new Bleu { Source = MetricSource.Decoding }] });
        Refuses("Decoding is set, but there is no metric of decoded sequences.",
            new TrainingOptions { Metrics = [new TokenAccuracy()], Decoding = new DecodingOptions() });
        Refuses("'exact match' is of the head 'tag', but this model has no such head of tokens or classes; it has "
            + "'cross_entropy'.", new TrainingOptions { Metrics = [new ExactMatch { Head = "tag" }] });
        Assert.Equal("Metrics", Assert.Throws<ArgumentException>(
            () => new TrainingOptions { Metrics = [new ExactMatch(), null!] }).ParamName);
        Assert.Throws<ArgumentException>(() => new TrainingOptions { Metrics = default });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Patience = 0 });
        var values = Assert.Throws<ArgumentException>(
            "options", () => new LeakyModel().CreateTrainer(new TrainingOptions { Metrics = [new ExactMatch()] }));
        Assert.Contains("no loss of this model does", values.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_WithoutValidationData_RefusesWhatNeedsIt()
    {
        RefusesFit("Metrics has 'token accuracy'", new TrainingOptions { Metrics = [new TokenAccuracy()] });
        RefusesFit("Patience is 3", new TrainingOptions { Patience = 3 });
    }

    [Fact]
    public void Epoch_AskedForAMetricThatIsNotThere_NamesThoseThatAre()
    {
        using var trainer = new TokenBagTrainer(
            NewModel(), new TrainingOptions { Metrics = [new TokenAccuracy { Name = "accuracy" }] });
        EpochReport epoch = trainer.Fit(Data, 1, Data).Epochs[0];
        var exception = Assert.Throws<ArgumentException>("name", () => epoch.Metric("token accuracy"));
        Assert.Contains("no metric 'token accuracy'; it has 'accuracy'", exception.Message, StringComparison.Ordinal);
        Assert.Matches("validation loss [0-9.]+, accuracy 0.[0-9]+, learning rate", epoch.ToString());
    }

    private sealed class Empty() : TokenMetric("nothing", higherIsBetter: true)
    {
        public override TokenAccumulator Begin() => null!;
    }

    private static void Refuses(string reason, TrainingOptions options) => Assert.Contains(
        reason,
        Assert.Throws<ArgumentException>("options", () => new TokenBagTrainer(NewModel(), options)).Message,
        StringComparison.Ordinal);

    private static void RefusesFit(string reason, TrainingOptions options)
    {
        ModelRuntime<double> model = NewModel();
        double[] before = Table(model);
        using var trainer = new TokenBagTrainer(model, options);
        Assert.Contains(
            $"{reason}, which needs validation data, but there is none.",
            Assert.Throws<ArgumentException>("validation", () => trainer.Fit(Data, 2)).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, Table(model));
        Assert.Equal(TrainingOutcome.Completed, trainer.Fit(Data, 1, Data).Outcome);
    }

    private static double Accuracy(ModelRuntime<double> model)
    {
        int right = 0;
        double[] outputs = new double[TokenBag.Classes];
        for (int i = 0; i < Inputs.Length; i++)
        {
            model.Forward(Inputs[i], outputs);
            right += Array.IndexOf(outputs, outputs.Max()) == Labels[i] ? 1 : 0;
        }

        return (double)right / Inputs.Length;
    }
}
