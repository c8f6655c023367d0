using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.Heads;

/// <summary>Training of several heads on data by the names of feeds.</summary>
public class FeedTests
{
    [Fact]
    public void Fit_TwoHeads_LearnsBothAndReportsEach()
    {
        var model = new TwoHeads(seed: 1);
        using TwoHeads.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Threads = 1, Optimizer = new Adam { LearningRate = 2e-2 } });
        TrainingReport report = trainer.Fit(Data(40, seed: 1), epochs: 30, validation: Data(10, seed: 2));

        Assert.Equal(TrainingOutcome.Completed, report.Outcome);
        EpochReport first = report.Epochs[0];
        EpochReport last = report.Epochs[^1];
        Assert.Equal(["tag", "mood"], last.Heads.Select(head => head.Name));
        Assert.Equal((0.7 * last.Heads[0].TrainLoss) + (2 * last.Heads[1].TrainLoss), last.TrainLoss, 1e-12);
        Assert.Equal(
            (0.7 * last.Heads[0].ValidationLoss!.Value) + (2 * last.Heads[1].ValidationLoss!.Value),
            last.ValidationLoss!.Value,
            1e-12);
        Assert.All(
            last.Heads.Zip(first.Heads), pair => Assert.True(pair.First.TrainLoss < 0.5 * pair.Second.TrainLoss));
        Assert.All(last.Heads, head => Assert.True(head.ValidationLoss < 0.4));
    }

    [Fact]
    public void Fit_OneHead_IsThatOfPairsOfInputsAndTargets()
    {
        (double[][] features, int[][] tags, _) = Sequences(23, seed: 4);
        double[] Train(Action<TagHead.Trainer> fit)
        {
            var model = new TagHead(seed: 3);
            using TagHead.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 1 });
            fit(trainer);
            return [.. model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name))];
        }

        Assert.Equal(
            Train(trainer => trainer.Fit(SequenceData.Sequences(features, tags), epochs: 3)),
            Train(trainer => trainer.Fit(
                new FeedSequences<double>().Add("inputs", features).Add("targets", tags), epochs: 3)));
    }

    [Fact]
    public void Fit_DataThatDoesNotFit_IsRefusedByName()
    {
        var model = new TwoHeads(seed: 1);
        using TwoHeads.Trainer trainer = model.CreateTrainer();
        (double[][] features, int[][] tags, double[][] moods) = Sequences(6, seed: 4);
        void Refuses(string reason, FeedSequences<double> data)
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(data, epochs: 1));
            Assert.Equal("data", exception.ParamName);
            Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        }

        FeedSequences<double> New() => new FeedSequences<double>().Add("inputs", features);
        Refuses("no 'mood' in the data; the model takes 'inputs', 'tag', 'mood'", New().Add("tag", tags));
        Refuses("no feed 'other'", New().Add("tag", tags).Add("mood", moods).Add("other", tags));
        Refuses("'mood' has 5 sequences and 'inputs' 6", New().Add("tag", tags).Add("mood", moods[1..]));
        Refuses("'mood' holds tokens or classes; the model takes rows of 2", New().Add("tag", tags).Add("mood", tags));
        Refuses("'tag' holds numbers; the model takes tokens or classes", New().Add("tag", moods).Add("mood", moods));
        Refuses(
            "'tag' of sequence 0 has 9 tokens or classes",
            New().Add("tag", [new int[9], .. tags[1..]]).Add("mood", moods));
        int[][] wrong = [.. tags.Select(sequence => (int[])sequence.Clone())];
        wrong[2][0] = -1;
        Refuses("'tag' of sequence 2 has -1 at step 0", New().Add("tag", wrong).Add("mood", moods));
        Refuses(
            "'mood' of sequence 1 has NaN at step 0, place 1",
            New().Add("tag", tags).Add("mood", [moods[0], [0, double.NaN], .. moods[2..]]));
        Refuses(
            "'inputs' of sequence 0 has 8 steps; the model takes from 1 to 7",
            new FeedSequences<double>().Add("inputs", [new double[24], .. features[1..]]).Add("tag", tags)
                .Add("mood", moods));
        Assert.Throws<ArgumentException>(() => New().Add("inputs", features));
    }

    [Fact]
    public void Fit_ReadersThatBreakTheirPromise_AreNamed()
    {
        var model = new TwoHeads(seed: 1);
        using TwoHeads.Trainer trainer = model.CreateTrainer();
        Assert.Contains(
            "has a BatchCount of 0",
            Assert.Throws<InvalidOperationException>(() => trainer.Fit(new Broken(0, false), 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "without a call of Resize",
            Assert.Throws<InvalidOperationException>(() => trainer.Fit(new Broken(1, false), 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "goes on after the 1 batch",
            Assert.Throws<InvalidOperationException>(() => trainer.Fit(new Broken(1, true), 1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_Resize_RefusesSizesOutsideTheirRange()
    {
        var batch = new FeedBatch<double>(Broken.Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Resize(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Resize(4, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Resize(1, 6));
        Assert.Throws<ArgumentException>(() => batch.Resize(1, 1, 1));
        batch.Resize(3, 5);
        Assert.Equal((15, 30, 0), (batch.Indices(1).Length, batch.Values(0).Length, batch.Values(1).Length));
    }

    private static FeedSequences<double> Data(int count, int seed)
    {
        (double[][] features, int[][] tags, double[][] moods) = Sequences(count, seed);
        return new FeedSequences<double>().Add("inputs", features).Add("tag", tags).Add("mood", moods);
    }

    // The tag is the place of the largest feature, or 3 where the one before was positive; the mood is of the last.
    private static (double[][] Features, int[][] Tags, double[][] Moods) Sequences(int count, int seed)
    {
        var random = new Random(seed);
        double[][] features =
        [
            .. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 3 * random.Next(1, 8))
                .Select(_ => (2 * random.NextDouble()) - 1).ToArray()),
        ];
        int[][] tags = [.. features.Select(sequence => sequence.Chunk(3).Select(row => row[0] > 0 ? 0 : 3).ToArray())];
        double[][] moods =
        [
            .. features.Select(sequence => new[] { 0.5 * sequence[^1], sequence[^2] > 0 ? 0.5 : -0.5 }),
        ];
        return (features, tags, moods);
    }

    private sealed class Broken(int batches, bool resizes) : FeedData<double>
    {
        public static ModelShape Shape { get; } = new()
        {
            Axes = [new AxisShape("time", 5)],
            Batch = 3,
            Feeds =
            [
                new FeedShape("inputs") { Width = 2 }, new FeedShape("targets") { Indices = 4, IsTarget = true },
            ],
            Outputs = [new OutputShape("loss") { IsPerSequence = false, Size = 4, Stride = 4, Offset = 0, Target = 1 }],
            ParameterLength = 0,
            TransposedLength = 0,
            WorkspaceLength = 0,
            InferenceWorkspaceLength = 0,
            StateLength = 0,
            StepWeightsLength = 0,
            States = [],
            Streams = false,
            FlopsPerRow = 1,
        };

        public override FeedReader<double> Open(ModelShape shape) => new Reader(batches, resizes);

        private sealed class Reader(int batches, bool resizes) : FeedReader<double>
        {
            public override int BatchCount => batches;

            public override void Restart(CounterRandom? order)
            {
            }

            public override bool Read(FeedBatch<double> batch)
            {
                if (resizes)
                {
                    batch.Resize(1, 1);
                    batch.Lengths()[0] = 1;
                }

                return true;
            }
        }
    }
}
