using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>
/// Adam, after Kingma and Ba (2014): the formulas of PyTorch's <c>Adam</c>. Its weight decay is a penalty that the
/// moments see; <see cref="AdamW"/> has the decoupled kind.
/// </summary>
public sealed class Adam : Optimizer<Adam.Rule>
{
    /// <summary>A learning rate of 0.001, no weight decay.</summary>
    public Adam()
        : base(1e-3)
    {
    }

    /// <summary>How much of the mean gradient is kept from step to step, β₁: in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta1
    {
        get;
        init => field = OptionRange.BelowOne(value);
    } = 0.9;

    /// <summary>How much of the mean squared gradient is kept from step to step, β₂: in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Beta2
    {
        get;
        init => field = OptionRange.BelowOne(value);
    } = 0.999;

    /// <summary>Added to the root before the division, ε: 1e-30 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1e-30, infinite or NaN.</exception>
    public double Epsilon
    {
        get;
        init => field = OptionRange.AtLeast(OptionRange.LeastEpsilon, value);
    } = 1e-8;

    /// <summary>L2 penalty: this much of a weight is added to its gradient; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double WeightDecay
    {
        get;
        init => field = OptionRange.AtLeastZero(value);
    }

    /// <inheritdoc/>
    public override int MomentCount => 2;

    internal override bool HasBounds => true;

    /// <inheritdoc/>
    protected override Rule CreateRule(double learningRate, long step)
        => Rule.At(learningRate, step, Beta1, Beta2, Epsilon) with { Penalty = WeightDecay };

    internal override void Bound(ref UpdateBounds bounds, double gradient, double learningRate, long step) =>
        CreateRule(learningRate, step).Bound(ref bounds, gradient);

    /// <summary>
    /// w = (1 − δ) w, m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g², then
    /// w = w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
    /// </summary>
    /// <param name="rate">η / (1 − β₁ᵗ).</param>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="rootScale">1 / √(1 − β₂ᵗ).</param>
    public readonly struct Rule(double rate, double beta1, double beta2, double epsilon, double rootScale)
        : IUpdateRule
    {
        // λ: g = gradient + λ w.
        internal double Penalty { get; init; }

        // 1 − δ: how much of a weight decoupled decay keeps.
        internal double Kept { get; init; } = 1;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Apply<TLanes, T>(TLanes weight, TLanes gradient, ref Moments<TLanes, T> moments)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            weight *= TLanes.Constant(Kept);
            gradient = TLanes.MultiplyAdd(TLanes.Constant(Penalty), weight, gradient);
            var first = TLanes.MultiplyAdd(TLanes.Constant(1 - beta1), gradient - moments[0], moments[0]);
            var square = TLanes.Constant(1 - beta2) * (gradient * gradient);
            var second = TLanes.MultiplyAdd(TLanes.Constant(beta2), moments[1], square);
            var root = TLanes.MultiplyAdd(TLanes.Sqrt(second), TLanes.Constant(rootScale), TLanes.Constant(epsilon));
            weight = TLanes.MultiplyAdd(TLanes.Constant(-rate), first / root, weight);
            moments[0] = first;
            moments[1] = second;
            return weight;
        }

        internal void Bound(ref UpdateBounds bounds, double gradient)
        {
            bounds.Weight *= Math.Abs(bounds.Note(Kept));
            gradient = bounds.Note(gradient + (bounds.Note(Penalty) * bounds.Weight));
            bounds.Note(gradient + bounds.First);
            bounds.First = Math.Max(bounds.First, gradient);
            bounds.Second = Math.Max(bounds.Second, bounds.Note(gradient * gradient));
            bounds.Note((Math.Sqrt(bounds.Second) * bounds.Note(rootScale)) + epsilon);
            double direction = bounds.Note(bounds.First / epsilon);
            bounds.Weight = bounds.Note(bounds.Weight + (bounds.Note(rate) * direction));
        }

        internal static Rule At(double learningRate, long step, double beta1, double beta2, double epsilon)
        {
            double rate = learningRate / (1 - Math.Pow(beta1, step));
            return new(rate, beta1, beta2, epsilon, 1 / Math.Sqrt(1 - Math.Pow(beta2, step)));
        }
    }
}
