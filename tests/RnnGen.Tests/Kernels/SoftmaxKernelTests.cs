using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

public sealed unsafe class SoftmaxKernelTests
{
    private const int Guard = 7;

    [Theory]
    [MemberData(nameof(SupportedTargets.WithOddSizes), MemberType = typeof(SupportedTargets))]
    public void Row_OddSize_EqualsScalarDoubleAndTouchesNothingElse(SimdTarget target, int size)
    {
        Check<float>(target, size, Tolerances.SingleUlp);
        Check<double>(target, size, Tolerances.DoubleUlp);
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Row_TenThousandClasses_EqualsScalarDouble(SimdTarget target)
    {
        Check<float>(target, 10_000, Tolerances.SingleUlp);
        Check<double>(target, 10_000, Tolerances.DoubleUlp);
    }

    private static void Check<T>(SimdTarget target, int size, double ulp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(3, (ulong)size);
        var arena = new Arena<T>(size + Guard);
        arena.Span.Fill(T.CreateTruncating(99));
        foreach (ref T value in arena.Span[..size])
        {
            value = T.CreateTruncating(5 * random.NextNormal());
        }

        double[] logits = [.. arena.Span[..size].ToArray().Select(double.CreateTruncating)];
        double sum = logits.Sum(Math.Exp);
        var work = new Work { Values = arena.Pointer, Count = size };
        SimdTargets.Run<Work, T>(target, ref work);
        for (int i = 0; i < size; i++)
        {
            double expected = Math.Exp(logits[i]) / sum;
            double actual = double.CreateTruncating(arena.Span[i]);
            Assert.Equal(expected, actual, Tolerances.SoftmaxUlps * ulp * expected);
        }

        Assert.All(arena.Span[size..].ToArray(), value => Assert.Equal(T.CreateTruncating(99), value));
    }

    private struct Work : ILanesWork
    {
        public void* Values;
        public int Count;

        public readonly void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => SoftmaxKernel.Row<TLanes, T>((T*)Values, Count);
    }
}
