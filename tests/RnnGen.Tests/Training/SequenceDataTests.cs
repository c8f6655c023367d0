using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

public class SequenceDataTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(41)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(97)]
    [InlineData(100)]
    public void Windows_AnyLength_ReadsEveryTokenOnceInUnbrokenStreams(int count)
    {
        int[] tokens = [.. Enumerable.Range(0, count)];
        ModelShape shape = Shape(vocabulary: count, outputs: count);
        SequenceReader<int, int> reader = SequenceData.Windows(tokens).Open(shape);
        var batch = new SequenceBatch<int, int>(shape);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            reader.Restart(new CounterRandom(1));
            var seen = new List<int>();
            int[] last = [.. Enumerable.Repeat(-1, shape.Batch)];
            int batches = 0;
            for (; reader.Read(batch); batches++)
            {
                Assert.Equal(batch.Steps, batch.Lengths.ToArray().Max());
                for (int i = 0; i < batch.Sequences; i++)
                {
                    for (int step = 0; step < batch.Lengths[i]; step++)
                    {
                        int token = batch.Inputs[step * batch.Sequences + i];
                        Assert.Equal(token + 1, batch.Targets[step * batch.Sequences + i]);
                        Assert.True(last[i] < 0 || token == last[i] + 1);
                        last[i] = token;
                        seen.Add(token);
                    }
                }
            }

            Assert.Equal(reader.BatchCount, batches);
            Assert.Equal(Enumerable.Range(0, count - 1), seen.Order());
        }
    }

    [Fact]
    public void Sequences_Shuffled_GivesEachOnceAndAnotherOrderEveryEpoch()
    {
        int[][] inputs = [.. Enumerable.Range(1, 11).Select(i => Enumerable.Repeat(i, 1 + i % 5).ToArray())];
        int[][] targets = [.. inputs.Select(values => values.Select(value => value % 3).ToArray())];
        ModelShape shape = Shape(vocabulary: 12, outputs: 3);
        SequenceReader<int, int> reader = SequenceData.Sequences(inputs, targets).Open(shape);
        var batch = new SequenceBatch<int, int>(shape);
        Assert.Equal(3, reader.BatchCount);
        List<int> given = Epoch(null);
        List<int> first = Epoch(new CounterRandom(1, 1));
        Assert.Equal(Enumerable.Range(1, 11), given);
        Assert.Equal(Enumerable.Range(1, 11), first.Order());
        Assert.NotEqual(given, first);
        Assert.NotEqual(first, Epoch(new CounterRandom(1, 2)));
        Assert.Equal(first, Epoch(new CounterRandom(1, 1)));

        List<int> Epoch(CounterRandom? order)
        {
            var seen = new List<int>();
            reader.Restart(order);
            while (reader.Read(batch))
            {
                for (int i = 0; i < batch.Sequences; i++)
                {
                    int kind = batch.Inputs[i];
                    Assert.Equal(1 + kind % 5, batch.Lengths[i]);
                    for (int step = 0; step < batch.Lengths[i]; step++)
                    {
                        Assert.Equal(kind, batch.Inputs[step * batch.Sequences + i]);
                        Assert.Equal(kind % 3, batch.Targets[step * batch.Sequences + i]);
                    }

                    seen.Add(kind);
                }
            }

            return seen;
        }
    }

    [Fact]
    public void SlidingWindows_Stride_GivesEveryWindow()
    {
        float[] inputs = [.. Enumerable.Range(0, 24).Select(i => (float)i)];
        float[] targets = [.. Enumerable.Range(0, 12).Select(i => (float)i)];
        ModelShape shape = ModelShapes.Of(5, 4, outputs: 1, features: 2, isPerSequence: true);
        SequenceReader<float, float> reader = SequenceData.SlidingWindows(inputs, targets, stride: 3).Open(shape);
        var batch = new SequenceBatch<float, float>(shape);
        Assert.True(reader.Read(batch));
        Assert.Equal((3, 5), (batch.Sequences, batch.Steps));
        Assert.Equal([4f, 7, 10], batch.Targets.ToArray());
        Assert.Equal(6f, batch.Inputs[2]);
        Assert.False(reader.Read(batch));
        Assert.Throws<ArgumentOutOfRangeException>(() => SequenceData.SlidingWindows(inputs, targets, 0));
    }

    [Fact]
    public void Open_DataThatDoesNotFit_IsRefusedBeforeTraining()
    {
        ModelShape steps = Shape(vocabulary: 5, outputs: 3);
        ModelShape sequences = Shape(vocabulary: 5, outputs: 3, isPerSequence: true);
        Refuses("inputs[2] is 5", () => SequenceData.Windows([0, 1, 5, 1]).Open(Shape(vocabulary: 5, outputs: 9)));
        Refuses("targets[0] is 4", () => SequenceData.Windows([0, 4]).Open(steps));
        Refuses("one output per sequence", () => SequenceData.Windows([0, 1]).Open(sequences));
        Refuses("2 or more", () => SequenceData.Windows([0]));
        Refuses(
            "inputs[1] has 9 steps", () =>
            SequenceData.Sequences<int, int>([[1], new int[9]], [[1], new int[9]]).Open(steps));
        Refuses("inputs[0] has 0 steps", () => SequenceData.Sequences<int, int>([[]], [[]]).Open(steps));
        Refuses(
            "targets[0] has 2 classes; there must be 1, one for each output.",
            () => SequenceData.Sequences<int, int>([[1]], [[1, 2]]).Open(steps));
        Refuses("inputs[0][0] is 7", () => SequenceData.Sequences<int, int>([[7]], [[1]]).Open(steps));
        Refuses(
            "There is 1 input sequence and 2 target sequences",
            () => SequenceData.Sequences<int, int>([[1]], [[1], [2]]));
        Refuses("use Labelled", () => SequenceData.Sequences<int, int>([[1]], [[1]]).Open(sequences));
        Refuses("use Sequences", () => SequenceData.Labelled<int, int>([[1]], [1]).Open(steps));
        Refuses("as many labels", () => SequenceData.Labelled<int, int>([[1], [2]], [1, 2, 3]));
        Refuses(
            "3 features", () => SequenceData.Windows(new float[4], new float[2]).Open(Shape(features: 3, outputs: 1)));

        static void Refuses(string reason, Action action) => Assert.Contains(
            reason, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static ModelShape Shape(int outputs, int features = 0, int vocabulary = 0, bool isPerSequence = false) =>
        ModelShapes.Of(8, 4, outputs, features, vocabulary, isPerSequence);
}
