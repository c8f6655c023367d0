using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen.Tests.Optimizers;

/// <summary>As many moments as are asked for, each the running sum of the one before it.</summary>
internal sealed class AnyMoments(int count) : Optimizer<AnyMoments.Rule>(1)
{
    public override int MomentCount => count;

    protected override Rule CreateRule(double learningRate, long step) => new(count);

    internal readonly struct Rule(int count) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Apply<TLanes, T>(TLanes weight, TLanes gradient, ref Moments<TLanes, T> moments)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var sum = gradient;
            for (int moment = 0; moment < count; moment++)
            {
                sum += moments[moment];
                moments[moment] = sum;
            }

            return weight - sum;
        }
    }
}
