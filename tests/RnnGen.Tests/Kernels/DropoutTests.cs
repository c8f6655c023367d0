using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

public sealed unsafe class DropoutTests
{
    private const int Rows = 40;
    private const int Width = 650;
    private const int Stride = 704;
    private const ulong Key = 0x1234_5678_9ABC_DEF0;

    [Theory]
    [InlineData(0f, Key)]
    [InlineData(0.5f, 0UL)]
    public void Apply_RateOrKeyZero_ChangesNothing(float rate, ulong key)
        => Assert.All(Mask<float>(SimdTargets.Best, rate, key), value => Assert.Equal(1, value));

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void Apply_Rate_DropsThatPartAndScalesTheRest(float rate)
    {
        float[] mask = Inside(Mask<float>(SimdTargets.Best, rate, Key));
        double deviation = Math.Sqrt(rate * (1 - rate) / mask.Length);
        Assert.All(mask, value => Assert.True(value == 0 || Math.Abs(value - (1 / (1 - rate))) < 1e-6 * value));
        Assert.Equal(rate, mask.Count(value => value == 0) / (double)mask.Length, Tolerances.Sigmas * deviation);
    }

    [Fact]
    public void Apply_Neighbours_AreIndependent()
    {
        float[] mask = Mask<float>(SimdTargets.Best, 0.5f, Key);
        double limit = Tolerances.Sigmas / Math.Sqrt(Rows * Width);
        foreach (int distance in new[] { 1, 2, 3, 4, 5, 8, 16, 256, Stride, 2 * Stride })
        {
            double agreement = 0;
            int pairs = 0;
            for (int i = 0; i + distance < mask.Length; i++)
            {
                if (i % Stride < Width && (i + distance) % Stride < Width)
                {
                    agreement += (mask[i] == 0) == (mask[i + distance] == 0) ? 1 : -1;
                    pairs++;
                }
            }

            Assert.Equal(0, agreement / pairs, limit);
        }
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Apply_EveryTargetAndPrecision_DropsTheSameNumbers(SimdTarget target)
    {
        float[] scalar = Mask<float>(SimdTarget.Scalar, 0.3f, Key);
        Assert.Equal(scalar, Mask<float>(target, 0.3f, Key));
        Assert.Equal(scalar.Select(value => value == 0), Mask<double>(target, 0.3f, Key).Select(value => value == 0));
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Apply_Again_AppliesTheSameMask(SimdTarget target)
    {
        var arena = new Arena<float>(Rows * Stride);
        arena.Span.Fill(1);
        Apply(target, arena, 0.5f, Key);
        float[] once = arena.Span.ToArray();
        Apply(target, arena, 0.5f, Key);
        Assert.Equal(once.Select(value => value == 1 ? 1 : 2 * value), arena.Span.ToArray());
    }

    [Fact]
    public void Apply_RowsInSeparateCalls_GivesTheSameMask()
    {
        float[] together = Mask<float>(SimdTargets.Best, 0.5f, Key);
        var arena = new Arena<float>(Rows * Stride);
        arena.Span.Fill(1);
        for (int row = 0; row < Rows; row++)
        {
            var work = new Work
            {
                Values = arena.Pointer + (row * Stride),
                RowCount = 1,
                FirstRow = row,
                Rate = 0.5f,
                Key = Key,
            };
            SimdTargets.Run<Work, float>(SimdTargets.Best, ref work);
        }

        Assert.Equal(together, arena.Span.ToArray());
    }

    [Fact]
    public void Apply_BeyondTheWidth_TouchesNothing()
    {
        float[] mask = Mask<float>(SimdTargets.Best, 0.5f, Key);
        Assert.All(Enumerable.Range(0, mask.Length).Where(i => i % Stride >= Width), i => Assert.Equal(1, mask[i]));
    }

    [Fact]
    public void SiteKey_OtherSiteOrPass_GivesAnotherMask()
    {
        ulong[] keys = [Dropout.SiteKey(1, 0), Dropout.SiteKey(1, 1), Dropout.SiteKey(2, 0), Dropout.SiteKey(2, 1)];
        Assert.Equal(0UL, Dropout.SiteKey(0, 3));
        double deviation = 0.5 / Math.Sqrt(Rows * Width);
        for (int i = 0; i < keys.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                float[] first = Inside(Mask<float>(SimdTargets.Best, 0.5f, keys[i]));
                float[] second = Inside(Mask<float>(SimdTargets.Best, 0.5f, keys[j]));
                double agreement = first.Zip(second).Count(pair => pair.First == pair.Second) / (double)first.Length;
                Assert.Equal(0.5, agreement, Tolerances.Sigmas * deviation);
            }
        }
    }

    private static float[] Inside(float[] mask) => [.. mask.Where((_, i) => i % Stride < Width)];

    private static T[] Mask<T>(SimdTarget target, float rate, ulong key)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var arena = new Arena<T>(Rows * Stride);
        arena.Span.Fill(T.One);
        Apply(target, arena, rate, key);
        return arena.Span.ToArray();
    }

    private static void Apply<T>(SimdTarget target, Arena<T> arena, float rate, ulong key)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new Work { Values = arena.Pointer, RowCount = Rows, Rate = rate, Key = key };
        SimdTargets.Run<Work, T>(target, ref work);
    }

    private struct Work : ILanesWork
    {
        public void* Values;
        public int RowCount;
        public int FirstRow;
        public float Rate;
        public ulong Key;

        public readonly void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => Dropout.Apply<TLanes, T>((T*)Values, RowCount, Width, Stride, FirstRow, Rate, Key);
    }
}
