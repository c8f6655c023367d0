using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>
/// Gradients divided by a running root of their mean square: the formulas of PyTorch's <c>RMSprop</c>, not centred.
/// </summary>
public sealed class RmsProp : Optimizer<RmsProp.Rule>
{
    /// <summary>A learning rate of 0.01, smoothing 0.99, no momentum.</summary>
    public RmsProp()
        : base(1e-2)
    {
    }

    /// <summary>How much of the mean square is kept from step to step, α: in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Smoothing
    {
        get;
        init => field = OptionRange.BelowOne(value);
    } = 0.99;

    /// <summary>Added to the root before the division, ε: 1e-30 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1e-30, infinite or NaN.</exception>
    public double Epsilon
    {
        get;
        init => field = OptionRange.AtLeast(OptionRange.LeastEpsilon, value);
    } = 1e-8;

    /// <summary>How much of the last step's direction is kept: in [0, 1); 0 keeps none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Momentum
    {
        get;
        init => field = OptionRange.BelowOne(value);
    }

    /// <summary>L2 penalty: this much of a weight is added to its gradient; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double WeightDecay
    {
        get;
        init => field = OptionRange.AtLeastZero(value);
    }

    /// <inheritdoc/>
    public override int MomentCount => Momentum > 0 ? 2 : 1;

    internal override bool HasBounds => true;

    /// <inheritdoc/>
    protected override Rule CreateRule(double learningRate, long step)
        => new(learningRate, Smoothing, Epsilon, Momentum, WeightDecay);

    internal override void Bound(ref UpdateBounds bounds, double gradient, double learningRate, long step)
    {
        gradient = bounds.Note(gradient + (bounds.Note(WeightDecay) * bounds.Weight));
        bounds.First = Math.Max(bounds.First, bounds.Note(gradient * gradient));
        bounds.Second = bounds.Note((Momentum * bounds.Second) + (gradient / Epsilon));
        bounds.Note(Epsilon);
        bounds.Weight = bounds.Note(bounds.Weight + (bounds.Note(learningRate) * bounds.Second));
    }

    /// <summary>s = α s + (1 − α) g², v = μ v + g / (√s + ε), then w = w − η v.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="smoothing">α.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="weightDecay">λ: g = gradient + λ w.</param>
    public readonly struct Rule(
        double learningRate, double smoothing, double epsilon, double momentum, double weightDecay) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Apply<TLanes, T>(TLanes weight, TLanes gradient, ref Moments<TLanes, T> moments)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            gradient = TLanes.MultiplyAdd(TLanes.Constant(weightDecay), weight, gradient);
            var square = TLanes.Constant(1 - smoothing) * (gradient * gradient);
            var mean = TLanes.MultiplyAdd(TLanes.Constant(smoothing), moments[0], square);
            var direction = gradient / (TLanes.Sqrt(mean) + TLanes.Constant(epsilon));
            var step = TLanes.MultiplyAdd(TLanes.Constant(momentum), moments[1], direction);
            weight = TLanes.MultiplyAdd(TLanes.Constant(-learningRate), step, weight);
            moments[0] = mean;
            moments[1] = step;
            return weight;
        }
    }
}
