using RnnGen.Kernels;

namespace RnnGen.Numerics.Tests.Metrics;

/// <summary>Metrics of a model's outputs, measured by Fit.</summary>
public sealed class OutputMetricTests
{
    public static TheoryData<SimdTarget> Targets => [.. Harness.ModelCatalog.Targets];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Fit_MetricsOfSeveralHeads_AreThoseOfForward(SimdTarget target)
    {
        var random = new Random(6);
        int[][] words = [.. Enumerable.Range(0, 23).Select(_ => Tokens(random, random.Next(1, 8), 9))];
        int[][] tags = [.. words.Select(sequence => sequence.Select(word => (word * 5) % 4).ToArray())];
        int[] kinds = [.. words.Select(sequence => sequence[^1] % 3)];
        float[][] moods = [.. words.Select(sequence => (float[])[sequence.Length / 7f])];
        FeedSequences<float> data = new FeedSequences<float>()
            .Add("inputs", words).Add("tag", tags).Add("kind", kinds).Add("mood", moods);
        var model = new Reader(seed: 2, target);
        using Reader.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = 1e-2 },
            Metrics =
            [
                new TokenAccuracy { Name = "kind accuracy", Head = "kind" },
                new TokenAccuracy { Head = "tag" },
                new ExactMatch { Head = "tag" },
            ],
        });
        List<double[]> expected = [];
        TrainingReport report = trainer.Fit(data, 12, data, new TrainingCallback(progress =>
        {
            if (progress.EpochEnded)
            {
                expected.Add(Measured(model, words, tags, kinds));
            }
        }));
        for (int epoch = 0; epoch < 12; epoch++)
        {
            Assert.Equal(expected[epoch], report.Epochs[epoch].Metrics.Select(metric => metric.Value));
        }

        Assert.True(report.Epochs.Select(epoch => epoch.Metric("token accuracy")).Distinct().Count() > 3);
        Assert.InRange(report.Epochs[^1].Metric("exact match"), 0.01, 1);
    }

    // What is carried on must not go on twice, once for the metric and once for the loss.
    [Fact]
    public void Fit_WindowsOfAText_AreMeasuredWithTheStateThatIsCarried()
    {
        var random = new Random(7);
        int[] text = Tokens(random, (5 * 4) + 1, 6);
        var model = new Speller(seed: 4);
        using Speller.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Adam { LearningRate = 0.05 }, Metrics = [new TokenAccuracy()] });
        using Speller.Trainer twin = new Speller(seed: 4).CreateTrainer(
            new TrainingOptions { Optimizer = new Adam { LearningRate = 0.05 } });
        List<double> expected = [];
        SequenceData<int, int> windows = SequenceData.Windows(text);
        TrainingReport report = trainer.Fit(windows, 15, windows, new TrainingCallback(progress =>
        {
            if (progress.EpochEnded)
            {
                expected.Add(AccuracyOfAStream(model, text));
            }
        }));
        TrainingReport unmeasured = twin.Fit(windows, 15, windows);
        Assert.Equal(expected, report.Epochs.Select(epoch => epoch.Metric("token accuracy")));
        Assert.True(expected.Distinct().Count() > 3);
        Assert.Equal(
            unmeasured.Epochs.Select(epoch => epoch.ValidationLoss),
            report.Epochs.Select(epoch => epoch.ValidationLoss));
    }

    [Fact]
    public void Fit_ATranslatorThatIsTold_IsMeasuredByItsOutputs()
    {
        var random = new Random(8);
        double[][] sources = [.. Enumerable.Range(0, 9).Select(_ => Numbers(random, 2 * random.Next(1, 6)))];
        int[][] targets = [.. sources.Select(_ => Tokens(random, random.Next(1, 7), 5))];
        int[][] read = [.. targets.Select(target => (int[])[0, .. target[..^1]])];
        FeedSequences<double> data = new FeedSequences<double>()
            .Add("source", sources).Add("target", read).Add("targets", targets);
        var model = new ToldListener(seed: 1);
        using ToldListener.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Metrics = [new TokenAccuracy(), new ExactMatch()], KeepBest = false });
        TrainingReport report = trainer.Fit(data, 3, data);
        int[][] found =
        [
            .. sources.Select((source, i) =>
            {
                double[] outputs = new double[5 * read[i].Length];
                model.Forward(source, read[i], [source.Length / 2], [read[i].Length], outputs);
                return outputs.Chunk(5).Select(row => Array.IndexOf(row, row.Max())).ToArray();
            }),
        ];
        Assert.Equal(new TokenAccuracy().Of(found, targets), report.Epochs[^1].Metric("token accuracy"));
        Assert.Equal(new ExactMatch().Of(found, targets), report.Epochs[^1].Metric("exact match"));
    }

    [Fact]
    public void Options_ThatLeaveTheHeadOpen_AreRefusedWithThoseThereAre()
    {
        void Refuses(string reason, Metric metric) => Assert.Contains(
            reason,
            Assert.Throws<ArgumentException>(
                "options", () => new Reader().CreateTrainer(new TrainingOptions { Metrics = [metric] })).Message,
            StringComparison.Ordinal);
        Refuses("'token accuracy' may be of several heads: set its Head to one of 'tag', 'kind'.",
            new TokenAccuracy());
        Refuses("'exact match' is of the head 'mood', but this model has no such head of tokens or classes; it has "
            + "'tag', 'kind'.", new ExactMatch { Head = "mood" });
    }

    private static double[] Measured(Reader model, int[][] words, int[][] tags, int[] kinds)
    {
        var foundTags = new int[words.Length][];
        var foundKinds = new int[words.Length][];
        for (int i = 0; i < words.Length; i++)
        {
            float[] tagOutputs = new float[4 * words[i].Length];
            float[] kindOutputs = new float[3];
            model.Forward(words[i], 1, tagOutputs, kindOutputs, new float[1]);
            foundTags[i] = [.. tagOutputs.Chunk(4).Select(row => Softmax.MostLikely(row))];
            foundKinds[i] = [Softmax.MostLikely(kindOutputs)];
        }

        var accuracy = new TokenAccuracy();
        return
        [
            accuracy.Of(foundKinds, kinds.Select(kind => (int[])[kind]).ToArray()),
            accuracy.Of(foundTags, tags),
            new ExactMatch().Of(foundTags, tags),
        ];
    }

    // One stream: the text is too short for more.
    private static double AccuracyOfAStream(Speller model, int[] text)
    {
        using Speller.State state = model.CreateState();
        int right = 0;
        for (int i = 0; i < text.Length - 1; i++)
        {
            right += Softmax.MostLikely(model.Step(text[i], state)) == text[i + 1] ? 1 : 0;
        }

        return (double)right / (text.Length - 1);
    }

    private static int[] Tokens(Random random, int count, int vocabulary) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];

    private static double[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
}
