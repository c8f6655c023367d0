using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

public sealed class CounterRandomTests
{
    private const int Draws = 200_000;

    [Fact]
    public void NextUInt32_ZeroKeyAndCounter_EqualsPublishedVector()
    {
        // Random123's known answers for philox4x32-10.
        var random = new CounterRandom(0);
        Assert.Equal([0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8], Words(random, 4));
    }

    [Fact]
    public void NextUInt32_AtAPosition_EqualsReference()
    {
        // A plain Python Philox that reproduces all three published vectors.
        var random = new CounterRandom(0x299F31D0A4093822, 0x0370734413198A2E) { Position = 28 };
        Assert.Equal([0xA3279F71, 0x1039BFFF, 0xD474CB8C, 0xF0D295EB], Words(random, 4));
        Assert.Equal(32UL, random.Position);
    }

    [Fact]
    public void Position_SetBack_RepeatsTheNumbers()
    {
        var random = new CounterRandom(1, 2);
        uint[] first = Words(random, 23);
        random.Position = 5;
        Assert.Equal(first[5..], Words(random, 18));
    }

    [Fact]
    public void NextDouble_Seed_EqualsReference()
    {
        var random = new CounterRandom(42, 7);
        Assert.Equal(0.8958139895475427, random.NextDouble());
        Assert.Equal(0.333795119874135, random.NextDouble());
        Assert.Equal(0.3752346986201399, random.NextDouble());
    }

    [Fact]
    public void NextNormal_Seed_EqualsReferenceQuantiles()
    {
        // Python's statistics.NormalDist().inv_cdf of the same uniform numbers.
        double[] expected =
        [
            1.2518334262356448, 0.5570930630842973, 1.1460459748596201, 0.40185103133819344,
            0.14210187919024003, 1.4158366325692233, -1.7922831565474955, -1.608539843607511,
        ];
        var random = new CounterRandom(1);
        Assert.All(expected, number => Assert.Equal(number, random.NextNormal(), Tolerances.NormalQuantile));
    }

    [Fact]
    public void NextNormal_Moments_AreThoseOfTheNormalDistribution()
    {
        var random = new CounterRandom(9);
        double[] numbers = [.. Enumerable.Range(0, Draws).Select(_ => random.NextNormal())];
        double sigmas = Tolerances.Sigmas / Math.Sqrt(Draws);

        // The k-th power of a normal number has these means and variances.
        Assert.Equal(0, numbers.Average(), sigmas);
        Assert.Equal(1, numbers.Average(x => x * x), sigmas * Math.Sqrt(2));
        Assert.Equal(0, numbers.Average(x => x * x * x), sigmas * Math.Sqrt(15));
        Assert.Equal(3, numbers.Average(x => x * x * x * x), sigmas * Math.Sqrt(96));

        // Beyond 3 standard deviations the quantile takes another road: 0.27 % of the numbers.
        Assert.Equal(0.0026998, numbers.Average(x => Math.Abs(x) > 3 ? 1.0 : 0), sigmas * Math.Sqrt(0.0027));
    }

    [Fact]
    public void NextDouble_Moments_AreThoseOfTheUniformDistribution()
    {
        var random = new CounterRandom(10);
        double[] numbers = [.. Enumerable.Range(0, Draws).Select(_ => random.NextUniform(-1, 3))];
        double sigmas = Tolerances.Sigmas / Math.Sqrt(Draws);
        Assert.All(numbers, number => Assert.True(number is >= -1 and < 3));
        Assert.Equal(1, numbers.Average(), sigmas * 4 / Math.Sqrt(12));
        Assert.Equal(4.0 / 3, numbers.Average(x => (x - 1) * (x - 1)), sigmas * 16 / Math.Sqrt(180));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void NextInt_Bound_GivesEachNumberEquallyOften(int bound)
    {
        var random = new CounterRandom(11);
        int[] counts = new int[bound];
        for (int i = 0; i < Draws; i++)
        {
            counts[random.NextInt(bound)]++;
        }

        double probability = 1.0 / bound;
        double deviation = Math.Sqrt(Draws * probability * (1 - probability));
        Assert.All(counts, count => Assert.Equal(Draws * probability, count, Tolerances.Sigmas * deviation));
    }

    [Fact]
    public void NextInt_BoundBelowOne_Throws()
        => Assert.Throws<ArgumentOutOfRangeException>("bound", () => new CounterRandom(0).NextInt(0));

    [Fact]
    public void Streams_OfOneSeed_AreIndependent()
    {
        var first = new CounterRandom(1, 0);
        var second = new CounterRandom(1, 1);
        double correlation = Enumerable.Range(0, Draws).Average(_ => first.NextNormal() * second.NextNormal());
        Assert.Equal(0, correlation, Tolerances.Sigmas / Math.Sqrt(Draws));
    }

    [Fact]
    public void Shuffle_ThreeItems_GivesEveryOrderEquallyOften()
    {
        const int shuffles = 60_000;
        var random = new CounterRandom(12);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < shuffles; i++)
        {
            char[] items = ['a', 'b', 'c'];
            random.Shuffle<char>(items);
            string order = new(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        double deviation = Math.Sqrt(shuffles * (1.0 / 6) * (5.0 / 6));
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.Equal(shuffles / 6.0, count, Tolerances.Sigmas * deviation));
    }

    private static uint[] Words(CounterRandom random, int count)
        => [.. Enumerable.Range(0, count).Select(_ => random.NextUInt32())];
}
