using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

public sealed unsafe class ArenaSumsTests
{
    [Theory]
    [MemberData(nameof(SupportedTargets.WithOddSizes), MemberType = typeof(SupportedTargets))]
    public void Sums_OddSize_EqualScalarDouble(SimdTarget target, int size)
    {
        Check<float>(target, size);
        Check<double>(target, size);
        Check<float>(target, ArenaSums.ChunkLength + size);
        Check<double>(target, (2 * ArenaSums.ChunkLength) + size);
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void SquaredNorm_HugeSingleNumbers_DoesNotOverflow(SimdTarget target)
    {
        var arena = new Arena<float>(33);
        arena.Span.Fill(2e38f);
        double expected = 33.0 * 2e38f * 2e38f;
        Assert.Equal(expected, ArenaSums.SquaredNorm(target, arena.Pointer, 33), Tolerances.ArenaSum * expected);
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Squares_SharesOfAnyNumberOfWorkers_AddUpToTheSameBits(SimdTarget target)
    {
        var arena = Normal<float>(10 * ArenaSums.ChunkLength + 13);
        int chunks = ArenaSums.ChunkCount(arena.Length);
        double whole = ArenaSums.SquaredNorm(target, arena.Pointer, arena.Length);
        for (int workers = 1; workers <= chunks; workers++)
        {
            var sums = new Arena<double>(chunks);
            for (int worker = workers - 1; worker >= 0; worker--)
            {
                int first = chunks * worker / workers;
                int end = chunks * (worker + 1) / workers;
                ArenaSums.Squares(target, arena.Pointer, arena.Length, sums.Pointer, first, end);
            }

            Assert.Equal(whole, ArenaSums.Total(sums.Span));
        }
    }

    private static void Check<T>(SimdTarget target, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var arena = Normal<T>(size);
        double[] numbers = [.. arena.Span.ToArray().Select(double.CreateTruncating)];
        double tolerance = Tolerances.ArenaSum * numbers.Sum(Math.Abs);
        Assert.Equal(numbers.Sum(), ArenaSums.Sum(target, arena.Pointer, size), tolerance);
        double norm = numbers.Sum(number => number * number);
        Assert.Equal(norm, ArenaSums.SquaredNorm(target, arena.Pointer, size), Tolerances.ArenaSum * norm);
    }

    private static Arena<T> Normal<T>(int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(8, (ulong)size);
        var arena = new Arena<T>(size);
        foreach (ref T value in arena.Span)
        {
            value = T.CreateTruncating(random.NextNormal());
        }

        return arena;
    }
}
