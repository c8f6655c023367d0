using RnnGen.Training;

namespace RnnGen.Tests.Training;

public unsafe class PackedBatchTests
{
    private const int MaxSteps = 7;
    private const int MaxBatch = 6;

    [Fact]
    public void Pack_RandomLengths_IsAsNaiveCodePacks()
    {
        var random = new Random(11);
        var packed = new PackedBatch<float>(Shape(features: 3, outputs: 2));
        for (int round = 0; round < 300; round++)
        {
            int batch = random.Next(1, MaxBatch + 1);
            int[] lengths = [.. Enumerable.Range(0, batch).Select(_ => random.Next(1, MaxSteps + 1))];
            int steps = random.Next(lengths.Max(), MaxSteps + 1);
            float[] inputs = Numbers(random, steps * batch * 3);
            float[] targets = Numbers(random, steps * batch * 2);

            packed.Pack<float, float>(inputs, targets, lengths);

            int[] order = [.. Enumerable.Range(0, batch).OrderByDescending(i => lengths[i])];
            Assert.Equal(order, packed.Order);
            Assert.Equal(order.Select(i => lengths[i]), packed.Lengths.ToArray());
            Assert.Equal(lengths.Max(), packed.Steps);
            Assert.Equal(lengths.Sum(), packed.Rows);
            var pass = default(Pass<float>);
            packed.Describe(ref pass);
            int row = 0;
            for (int step = 0; step < packed.Steps; step++)
            {
                Assert.Equal(row, pass.StepOffset[step]);
                Assert.Equal(lengths.Count(length => length > step), pass.StepRows[step]);
                foreach (int i in order.Where(i => lengths[i] > step))
                {
                    for (int k = 0; k < 3; k++)
                    {
                        Assert.Equal(inputs[(step * batch + i) * 3 + k], pass.Feeds[0].Values[row * 3 + k]);
                    }

                    Assert.Equal(targets[(step * batch + i) * 2], pass.Feeds[1].Values[row * 2]);
                    Assert.Equal(targets[(step * batch + i) * 2 + 1], pass.Feeds[1].Values[row * 2 + 1]);
                    row++;
                }
            }

            Assert.Equal(row, pass.StepOffset[pass.Steps]);
            Assert.Equal(row, packed.OutputRows());
        }
    }

    [Fact]
    public void Unpack_RandomLengths_PutsRowsBackAndZerosThePadding()
    {
        var random = new Random(12);
        ModelShape shape = Shape(vocabulary: 9, outputs: 3);
        var packed = new PackedBatch<float>(shape);
        for (int round = 0; round < 100; round++)
        {
            int batch = random.Next(1, MaxBatch + 1);
            int[] lengths = [.. Enumerable.Range(0, batch).Select(_ => random.Next(1, MaxSteps + 1))];
            int steps = random.Next(lengths.Max(), MaxSteps + 1);
            int[] tokens = new int[steps * batch];
            packed.Pack<int>(tokens, lengths, steps * batch * 3);
            float[] rows = Numbers(random, packed.Rows * shape.Outputs[0].Stride);
            float[] outputs = [.. Enumerable.Repeat(float.NaN, steps * batch * 3)];
            fixed (float* pointer = rows)
            {
                packed.Unpack(pointer, outputs);
            }

            for (int step = 0; step < steps; step++)
            {
                for (int i = 0; i < batch; i++)
                {
                    int place = packed.Order.IndexOf(i);
                    for (int k = 0; k < 3; k++)
                    {
                        float expected = step < lengths[i]
                            ? rows[(packed.StepOffset[step] + place) * shape.Outputs[0].Stride + k]
                            : 0;
                        Assert.Equal(expected, outputs[(step * batch + i) * 3 + k]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Pack_PaddingOutsideTheVocabulary_IsNotLookedAt()
    {
        var packed = new PackedBatch<float>(Shape(vocabulary: 9, outputs: 3));
        packed.Pack<int, int>([0, 8, 1, -1], [2, 0, 1, 99], [2, 1]);
        Assert.Equal(3, packed.Rows);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2 }, new[] { 1, 2, 0 }, new[] { 0, 1, 1 }, "lengths[0] is 0; it must be from 1 to 1")]
    [InlineData(new[] { 0, 1, 2 }, new[] { 1, 2, 0 }, new[] { 1, 1, 2 }, "lengths[2] is 2; it must be from 1 to 1")]
    [InlineData(new[] { 0, 1, 2 }, new[] { 1, 2, 0 }, new[] { 1, -1, 1 }, "lengths[1] is -1")]
    [InlineData(
        new[] { 0, 1, 9 }, new[] { 1, 2, 0 }, new[] { 1, 1, 1 },
        "inputs[2] (step 0, sequence 2) is 9; it must be from 0 to 8")]
    [InlineData(new[] { 0, -1, 2 }, new[] { 1, 2, 0 }, new[] { 1, 1, 1 }, "inputs[1]")]
    [InlineData(
        new[] { 0, 1, 2 }, new[] { 1, 3, 0 }, new[] { 1, 1, 1 },
        "targets[1] (step 0, sequence 1) is 3; it must be from 0 to 2")]
    [InlineData(new[] { 0, 1, 2 }, new[] { 1, 0 }, new[] { 1, 1, 1 }, "There are 2 targets; there must be 3")]
    [InlineData(new[] { 0, 1 }, new[] { 1, 0 }, new[] { 1, 1, 1 }, "There are 2 inputs")]
    [InlineData(new int[0], new int[0], new[] { 1 }, "There are 0 inputs")]
    [InlineData(new[] { 0, 1, 2 }, new[] { 1, 2, 0 }, new int[0], "There are no lengths; each of the 1 to 6")]
    [InlineData(new[] { 0, 0, 0, 0, 0, 0, 0, 0 }, new[] { 0 }, new[] { 1 }, "a number of steps from 1 to 7")]
    [InlineData(
        new[] { 0, 0, 0, 0, 0, 0, 0 }, new[] { 0 }, new[] { 1, 1, 1, 1, 1, 1, 1 }, "a batch has from 1 to 6 sequences")]
    public void Pack_BadArgument_NamesItAndLeavesNoBatch(int[] inputs, int[] targets, int[] lengths, string reason)
    {
        var packed = new PackedBatch<float>(Shape(vocabulary: 9, outputs: 3));
        packed.Pack<int, int>([5, 6], [1, 2], [1, 1]);
        var exception = Assert.ThrowsAny<ArgumentException>(() => packed.Pack<int, int>(inputs, targets, lengths));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.ParamName);
        Assert.Throws<InvalidOperationException>(() =>
        {
            var pass = default(Pass<float>);
            packed.Describe(ref pass);
        });
    }

    [Fact]
    public void Pack_WrongKind_IsRefused()
    {
        var tokens = new PackedBatch<float>(Shape(vocabulary: 9, outputs: 3));
        var features = new PackedBatch<float>(Shape(features: 2, outputs: 3));
        Assert.Throws<ArgumentException>(() => tokens.Pack<float>(new float[6], [2, 2], 18));
        Assert.Throws<ArgumentException>(() => features.Pack<int>(new int[12], [2, 2], 18));
        Assert.Throws<ArgumentException>(() => features.Pack<double>(new double[12], [2, 2], 18));
    }

    private static ModelShape Shape(int outputs, int features = 0, int vocabulary = 0) =>
        ModelShapes.Of(MaxSteps, MaxBatch, outputs, features, vocabulary);

    private static float[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
}
