using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Fit measures metrics after every epoch, keeps the best weights by one of them, and stops early.</summary>
public sealed class FitMetricTests
{
    private static readonly int[][] Inputs = [[0], [1, 2], [3, 3, 4], [5], [2, 5, 1, 0, 4], [3], [4, 4]];
    private static readonly int[] Labels = [0, 1, 2, 3, 1, 2, 0];
    private static readonly SequenceData<int, int> Data = SequenceData.Labelled(Inputs, Labels);

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
            return (Weights(model), [.. report.Epochs.SelectMany(epoch => (double[])
                [epoch.TrainLoss, epoch.ValidationLoss!.Value])]);
        }

        (double[] weights, double[] losses) = Train();
        (double[] measuredWeights, double[] measuredLosses) = Train(new TokenAccuracy(), new ExactMatch());
        Assert.Equal(weights, measuredWeights);
        Assert.Equal(losses, measuredLosses);
    }

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
                weights.Add(Weights(model));
            }
        }));
        Assert.Equal(best, report.BestEpoch);
        Assert.Equal(best, report.Best!.Epoch);
        Assert.Equal("own", report.BestBy);
        Assert.Equal(report.Epochs[best - 1].ValidationLoss, report.BestValidationLoss);
        Assert.Equal(weights[best - 1], Weights(model));
        Assert.NotEqual(weights[best % 5], Weights(model));
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
        Assert.Equal(Weights(twin), Weights(model));
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
                    weights.Add(Weights(model));
                }
            }));
            Assert.Equal(TrainingOutcome.StoppedEarly, report.Outcome);
            Assert.Equal(last, report.Epochs.Length);
            Assert.Equal(last, weights.Count);
            Assert.Equal(last - patience, report.BestEpoch ?? 0);
            int chosen = keepsBest && report.BestEpoch is { } best ? best : last;
            Assert.Equal(weights[chosen - 1], Weights(model));
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
            best = progress is { EpochEnded: true, Epoch: 2 } ? Weights(model) : best)));
        Assert.NotEmpty(best);
        Assert.Equal(best, Weights(model));
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
        double[] table = Weights(model);
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
        double[] before = Weights(model);
        using var trainer = new TokenBagTrainer(model, options);
        Assert.Contains(
            $"{reason}, which needs validation data, but there is none.",
            Assert.Throws<ArgumentException>("validation", () => trainer.Fit(Data, 2)).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, Weights(model));
        Assert.Equal(TrainingOutcome.Completed, trainer.Fit(Data, 1, Data).Outcome);
    }

    private static TrainingCallback CancelAfter(CancellationTokenSource cancellation, int epoch) => new(progress =>
    {
        if (progress.EpochEnded && progress.Epoch == epoch)
        {
            cancellation.Cancel();
        }
    });

    private static ModelRuntime<double> NewModel()
    {
        var model = new ModelRuntime<double>(new TokenBag());
        var random = new Random(4);
        model.Parameters.Set(
            "table.weight",
            [.. Enumerable.Range(0, TokenBag.Vocabulary * TokenBag.Classes).Select(_ => random.NextDouble() - 0.5)]);
        return model;
    }

    private static double[] Weights(ModelRuntime<double> model) => model.Parameters.Get("table.weight");

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
