namespace RnnGen.Numerics.Tests.Metrics;

/// <summary>Metrics of what a model decodes, measured by Fit.</summary>
public sealed class DecodedMetricTests
{
    public static TheoryData<int, double> Searches => new() { { 1, 0 }, { 2, 0.6 }, { 6, 1 } };

    [Theory]
    [MemberData(nameof(Searches))]
    public void Fit_DecodedMetrics_AreThoseOfDecodingTheValidationData(int beamSize, double lengthPenalty)
    {
        DecodingOptions? options = beamSize == 1
            ? null
            : new DecodingOptions { BeamSize = beamSize, LengthPenalty = lengthPenalty };
        TokenMetric[] metrics = [new ExactMatch(), new ErrorRate(), new Bleu { EffectiveOrder = true }];
        var model = new Reverser(seed: 1);
        (int[][] sources, int[][] targets) = Reversed(40, seed: 3);
        int[][] references = [.. targets.Select(target => target[..^1])];
        using Reverser.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = 1e-2 },
            Metrics = [.. metrics, new TokenAccuracy()],
            Decoding = options,
        });
        List<double[]> expected = [];
        TrainingReport report = trainer.Fit(
            Data(Reversed(200, seed: 2)), 8, Data((sources, targets)), new TrainingCallback(progress =>
            {
                if (progress.EpochEnded)
                {
                    int[][] found =
                        [.. model.Decode(sources, options).Select(hypotheses => hypotheses[0].Tokens.ToArray())];
                    expected.Add([.. metrics.Select(metric => metric.Of(found, references))]);
                }
            }));
        for (int epoch = 0; epoch < 8; epoch++)
        {
            Assert.Equal(expected[epoch], report.Epochs[epoch].Metrics[..3].Select(metric => metric.Value));
        }

        Assert.True(report.Epochs.Select(epoch => epoch.Metric("error rate")).Distinct().Count() > 4);
        Assert.True(report.Epochs[^1].Metric("error rate") < report.Epochs[0].Metric("error rate"));
        Assert.Contains("exact match 0", report.Epochs[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_SourcesOfNumbers_AreDecodedAsTheyAre()
    {
        var model = new Listener(seed: 1);
        var random = new Random(5);
        double[][] sources =
        [
            .. Enumerable.Range(0, 11).Select(_ =>
                Enumerable.Range(0, 2 * random.Next(1, 6)).Select(_ => (2 * random.NextDouble()) - 1).ToArray()),
        ];
        int[][] targets =
        [
            .. sources.Select(source => (int[])[.. Enumerable.Range(0, source.Length / 2)
                .Select(step => source[2 * step] > source[(2 * step) + 1] ? 2 : 3), 1]),
        ];
        FeedSequences<double> data = new FeedSequences<double>().Add("source", sources).Add("targets", targets);
        var metric = new ErrorRate();
        using Listener.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Adam { LearningRate = 1e-2 }, Metrics = [metric], KeepBest = false });
        TrainingReport report = trainer.Fit(data, 20, data);
        int[][] found = [.. model.Decode(sources).Select(hypotheses => hypotheses[0].Tokens.ToArray())];
        Assert.Equal(
            metric.Of(found, targets.Select(target => target[..^1]).ToArray()),
            report.Epochs[^1].Metric("error rate"));
        Assert.True(report.Epochs[^1].Metric("error rate") > 0);
    }

    // Decoding draws nothing from what dropout draws from, and any number of threads measures the same.
    [Fact]
    public void Fit_WithAndWithoutMetricsOnAnyThreads_TrainsAndMeasuresTheSameBits()
    {
        (float[] Weights, double[] Losses, double[] Metrics) Train(int threads, params Metric[] metrics)
        {
            var model = new Reverser(seed: 1);
            using Reverser.Trainer trainer = model.CreateTrainer(new TrainingOptions
            {
                Threads = threads,
                Seed = 5,
                KeepBest = false,
                Metrics = [.. metrics],
                Decoding = metrics.Length > 0
                    ? new DecodingOptions { Sample = true, Temperature = 2, Seed = 9 }
                    : null,
            });
            TrainingReport report = trainer.Fit(
                Data(Reversed(60, seed: 2)), 3, Data(Reversed(20, seed: 3)));
            return (
                [.. model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name))],
                [.. report.Epochs.SelectMany(epoch => (double[])[epoch.TrainLoss, epoch.ValidationLoss!.Value])],
                [.. report.Epochs.SelectMany(epoch => epoch.Metrics.Select(metric => metric.Value))]);
        }

        Metric[] metrics = [new ErrorRate(), new TokenAccuracy(), new Bleu()];
        (float[] weights, double[] losses, double[] none) = Train(1);
        (float[] measuredWeights, double[] measuredLosses, double[] values) = Train(1, metrics);
        Assert.Empty(none);
        Assert.Equal(9, values.Length);
        Assert.Equal(weights, measuredWeights);
        Assert.Equal(losses, measuredLosses);
        foreach (int threads in (int[])[2, 3])
        {
            (measuredWeights, measuredLosses, double[] others) = Train(threads, metrics);
            Assert.Equal(weights, measuredWeights);
            Assert.Equal(losses, measuredLosses);
            Assert.Equal(values, others);
        }
    }

    [Fact]
    public void Fit_BestByAMetricWithPatience_StopsAndDecodesAsWellAsItEverDid()
    {
        var model = new Reverser(seed: 1);
        (int[][] sources, int[][] targets) = Reversed(40, seed: 3);
        using Reverser.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = 2e-2 },
            Metrics = [new ErrorRate { Name = "WER" }, new TokenAccuracy()],
            BestBy = "WER",
            Patience = 2,
        });
        TrainingReport report = trainer.Fit(Data(Reversed(200, seed: 2)), 60, Data((sources, targets)));
        Assert.Equal(TrainingOutcome.StoppedEarly, report.Outcome);
        Assert.Equal(report.Epochs.Length - 2, report.BestEpoch);
        double best = report.Epochs.Min(epoch => epoch.Metric("WER"));
        Assert.Equal(best, report.Best!.Metric("WER"));
        int[][] found = [.. model.Decode(sources).Select(hypotheses => hypotheses[0].Tokens.ToArray())];
        Assert.Equal(best, new ErrorRate().Of(found, targets.Select(target => target[..^1]).ToArray()));
        Assert.Contains("the best by WER", report.Explanation, StringComparison.Ordinal);
        Assert.Contains(", best WER ", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_CanceledWhileDecoding_EndsWithTheBestWeightsBefore()
    {
        var model = new Reverser(seed: 1);
        using var cancellation = new CancellationTokenSource();
        var cancelling = new Cancelling(cancellation, measurement: 3);
        float[] best = [];
        float[] Weights() => [.. model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name))];
        using Reverser.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Metrics = [cancelling], BestBy = "sequences" });
        TrainingReport report = trainer.Fit(
            Data(Reversed(30, seed: 2)),
            9,
            Data(Reversed(20, seed: 3)),
            new TrainingCallback(progress => best = progress is { EpochEnded: true, Epoch: 1 } ? Weights() : best),
            cancellation.Token);
        Assert.Equal(TrainingOutcome.Canceled, report.Outcome);
        Assert.Equal(3, report.Epochs.Length);
        Assert.Equal(20, report.Epochs[1].Metric("sequences"));
        Assert.Null(report.Epochs[2].ValidationLoss);
        Assert.Empty(report.Epochs[2].Metrics);

        // The batch of the sequence that cancelled was measured to its end, and no other.
        Assert.Equal(6, cancelling.Last);
        Assert.Equal(1, report.BestEpoch);
        Assert.Equal(best, Weights());
    }

    [Fact]
    public void Fit_Decoding_AllocatesLittleForEachSequence()
    {
        long Allocated(int sequences, params Metric[] metrics)
        {
            var model = new Reverser(seed: 1);
            using Reverser.Trainer trainer = model.CreateTrainer(
                new TrainingOptions { Optimizer = new Sgd { LearningRate = 0 }, Metrics = [.. metrics] });
            FeedSequences<float> data = Data(Reversed(6, seed: 2));
            FeedSequences<float> validation = Data(Reversed(sequences, seed: 3));
            trainer.Fit(data, 2, validation);
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(data, 10, validation);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Metric[] metrics = [new ErrorRate(), new TokenAccuracy()];
        long extra = Allocated(600, metrics) - Allocated(600) - (Allocated(60, metrics) - Allocated(60));
        long each = extra / (10 * 540);
        Assert.InRange(each, 1, 2000);
    }

    [Fact]
    public void Options_ThatTheModelCannotDecodeBy_AreRefused()
    {
        void Refuses(string reason, Action call)
        {
            var exception = Assert.Throws<ArgumentException>("options", call);
            Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        }

        Refuses("BeamSize is 7; it must be from 1 to 6", () => new Reverser().CreateTrainer(
            new TrainingOptions { Metrics = [new Bleu()], Decoding = new DecodingOptions { BeamSize = 7 } }));
        Refuses("Decoding is set, but there is no metric of decoded sequences.", () => new Reverser().CreateTrainer(
            new TrainingOptions { Metrics = [new TokenAccuracy()], Decoding = new DecodingOptions() }));
        Refuses("'BLEU' compares what is decoded, but this model does not decode", () => new ToldListener()
            .CreateTrainer(new TrainingOptions { Metrics = [new Bleu { Source = MetricSource.Decoding }] }));
        Refuses("has no such head of tokens or classes", () => new Reverser().CreateTrainer(
            new TrainingOptions { Metrics = [new Bleu { Head = "other" }] }));
    }

    private static FeedSequences<float> Data((int[][] Sources, int[][] Targets) pairs) =>
        new FeedSequences<float>().Add("source", pairs.Sources).Add("targets", pairs.Targets);

    private static (int[][] Sources, int[][] Targets) Reversed(int count, int seed)
    {
        var random = new Random(seed);
        int[][] sources =
        [
            .. Enumerable.Range(0, count).Select(_ =>
                Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(4)).ToArray()),
        ];
        return (sources, [.. sources.Select(source => (int[])[.. source.Reverse(), 5])]);
    }

    /// <summary>Counts sequences, and cancels at the first one of a measurement.</summary>
    private sealed class Cancelling(CancellationTokenSource cancellation, int measurement)
        : TokenMetric("sequences", higherIsBetter: true)
    {
        private int _measurements;

        public int Last { get; private set; }

        public override TokenAccumulator Begin() => new Count(this, ++_measurements);

        private sealed class Count(Cancelling metric, int number) : TokenAccumulator
        {
            private int _sequences;

            public override double Value => _sequences;

            public override void Add(ReadOnlySpan<int> hypothesis, TokenReferences references)
            {
                metric.Last = ++_sequences;
                metric.CancelIn(number);
            }
        }

        private void CancelIn(int number)
        {
            if (number == measurement)
            {
                cancellation.Cancel();
            }
        }
    }
}
