using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen.Tests.Optimizers;

/// <summary>AMSGrad (Reddi, Kale and Kumar 2018): Adam whose second moment counts by its largest so far.</summary>
internal sealed class ThreeMoments : Optimizer<ThreeMoments.Rule>
{
    public const double Beta1 = 0.9;
    public const double Beta2 = 0.99;
    public const double Epsilon = 1e-8;

    public ThreeMoments()
        : base(1e-3)
    {
    }

    public override int MomentCount => 3;

    protected override Rule CreateRule(double learningRate, long step) => new(
        learningRate / (1 - Math.Pow(Beta1, step)), 1 / Math.Sqrt(1 - Math.Pow(Beta2, step)));

    internal readonly struct Rule(double rate, double rootScale) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Apply<TLanes, T>(TLanes weight, TLanes gradient, ref Moments<TLanes, T> moments)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var mean = TLanes.MultiplyAdd(TLanes.Constant(1 - Beta1), gradient - moments[0], moments[0]);
            var square = TLanes.Constant(1 - Beta2) * (gradient * gradient);
            var second = TLanes.MultiplyAdd(TLanes.Constant(Beta2), moments[1], square);
            var largest = TLanes.Max(moments[2], second);
            (moments[0], moments[1], moments[2]) = (mean, second, largest);
            var root = TLanes.MultiplyAdd(TLanes.Sqrt(largest), TLanes.Constant(rootScale), TLanes.Constant(Epsilon));
            return TLanes.MultiplyAdd(TLanes.Constant(-rate), mean / root, weight);
        }
    }
}
