using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

public sealed unsafe class RowSumsTests
{
    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Fold_PowersOfTwo_CountsEachPartialSumOnce(SimdTarget target)
    {
        Assert.Equal((1 << RowSums.PartialSums) - 1, Fold<float>(target, i => 1 << i));
        Assert.Equal((1 << RowSums.PartialSums) - 1, Fold<double>(target, i => 1 << i));
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Fold_EveryTarget_GivesTheSameBits(SimdTarget target)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new CounterRandom(seed, 0);
            double[] sums = [.. Enumerable.Range(0, RowSums.PartialSums).Select(_ => random.NextNormal())];
            Assert.Equal(Fold<float>(SimdTarget.Scalar, i => sums[i]), Fold<float>(target, i => sums[i]));
            Assert.Equal(Fold<double>(SimdTarget.Scalar, i => sums[i]), Fold<double>(target, i => sums[i]));
        }
    }

    private static T Fold<T>(SimdTarget target, Func<int, double> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Behind the sums stands what would show in any of them.
        T[] sums =
        [
            .. Enumerable.Range(0, RowSums.PartialSums).Select(i => T.CreateTruncating(sum(i))),
            .. Enumerable.Repeat(T.NaN, RowSums.PartialSums),
        ];
        fixed (T* first = sums)
        {
            T result = default;
            var work = new Work { Sums = first, Result = &result };
            SimdTargets.Run<Work, T>(target, ref work);
            return result;
        }
    }

    private struct Work : ILanesWork
    {
        public void* Sums;
        public void* Result;

        public readonly void Run<TLanes, TNumber>()
            where TLanes : unmanaged, ILanes<TLanes, TNumber>
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
            => *(TNumber*)Result = RowSums.Fold<TLanes, TNumber>((TNumber*)Sums);
    }
}
