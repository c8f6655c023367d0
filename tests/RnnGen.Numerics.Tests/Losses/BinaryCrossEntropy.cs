using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;
using RnnGen.Losses;

namespace RnnGen.Numerics.Tests.Losses;

/// <summary>A loss over single logits, as a user would write it: one file, which asks for a linear head.</summary>
public sealed class BinaryCrossEntropyAttribute : LossAttribute<BinaryCrossEntropy>;

/// <summary>loss = Σ (ln(1 + exp(x)) − x·y) / n; its gradient is (σ(x) − y) / n.</summary>
[ExpectsLogits]
public readonly unsafe struct BinaryCrossEntropy : IValueLoss
{
    public static T Row<TLanes, T>(T* outputs, int count, T* target, T gradientScale)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int whole = count / TLanes.Count * TLanes.Count;
        T mean = T.One / T.CreateTruncating(count);
        T sum = Range<TLanes, T>(outputs, target, 0, whole, gradientScale * mean);
        sum += Range<Lanes1<T>, T>(outputs, target, whole, count, gradientScale * mean);
        for (int i = count; i % TLanes.Count != 0; i++)
        {
            outputs[i] = T.Zero;
        }

        return sum * mean;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Range<TLanes, T>(T* outputs, T* target, int start, int end, T factor)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var one = TLanes.Constant(1);
        TLanes sum = default;
        for (int i = start; i < end; i += TLanes.Count)
        {
            var x = TLanes.Load(outputs + i);
            var y = TLanes.Load(target + i);
            var power = TLanes.Exp(default(TLanes) - TLanes.Abs(x));
            sum += TLanes.Max(default, x) + TLanes.Log(one + power) - (x * y);
            var sigmoid = one / (one + TLanes.Exp(default(TLanes) - x));
            TLanes.Store(outputs + i, (sigmoid - y) * TLanes.Splat(factor));
        }

        return TLanes.Sum(sum);
    }
}
