using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Tests.Comparison;

namespace RnnGen.Tests.Kernels;

public sealed unsafe class DotProductTests
{
    private static readonly int[] Lengths = [0, 1, 7, 15, 16, 17, 31, 33, 64, 130];

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Of_AnyLength_EqualsSumInDouble(SimdTarget target)
    {
        Check<float>(target, Tolerances.SingleUlp);
        Check<double>(target, Tolerances.DoubleUlp);
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Of_EveryTarget_GivesTheSameBits(SimdTarget target)
    {
        if (!Rounding.IsOnce(target) || !Rounding.IsOnce(SimdTarget.Scalar))
        {
            return;
        }

        foreach (int length in Lengths)
        {
            Assert.Equal(Product<float>(SimdTarget.Scalar, length), Product<float>(target, length));
            Assert.Equal(Product<double>(SimdTarget.Scalar, length), Product<double>(target, length));
        }
    }

    private static void Check<T>(SimdTarget target, double ulp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int length in Lengths)
        {
            T[] left = Row<T>(length, seed: 1);
            T[] right = Row<T>(length, seed: 2);
            double expected = 0.25;
            double magnitude = 0.25;
            for (int k = 0; k < length; k++)
            {
                double product = double.CreateTruncating(left[k]) * double.CreateTruncating(right[k]);
                expected += product;
                magnitude += Math.Abs(product);
            }

            // Each addition rounds by half a unit of what has been summed.
            double tolerance = (length + 1) * ulp / 2 * magnitude;
            Assert.Equal(expected, double.CreateTruncating(Product<T>(target, length)), tolerance);
        }
    }

    private static T Product<T>(SimdTarget target, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] left = Row<T>(length, seed: 1);
        T[] right = Row<T>(length, seed: 2);
        fixed (T* l = left, r = right)
        {
            T result = default;
            var work = new Work
            {
                Left = l,
                Right = r,
                Length = length,
                Result = &result,
            };
            SimdTargets.Run<Work, T>(target, ref work);
            return result;
        }
    }

    // Behind the row stands what would show in any sum.
    private static T[] Row<T>(int length, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(seed, (ulong)length);
        var row = new T[length + DotProduct.PartialSums];
        Array.Fill(row, T.NaN);
        for (int k = 0; k < length; k++)
        {
            row[k] = T.CreateTruncating(random.NextNormal());
        }

        return row;
    }

    private struct Work : ILanesWork
    {
        public void* Left;
        public void* Right;
        public int Length;
        public void* Result;

        public readonly void Run<TLanes, TNumber>()
            where TLanes : unmanaged, ILanes<TLanes, TNumber>
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            => *(TNumber*)Result = DotProduct.Of<TLanes, TNumber>(
                (TNumber*)Left, (TNumber*)Right, Length, TNumber.CreateTruncating(0.25));
    }
}
