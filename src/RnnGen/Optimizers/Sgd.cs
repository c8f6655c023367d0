using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>
/// Stochastic gradient descent, with momentum if asked for: the formulas of PyTorch's <c>SGD</c> without dampening.
/// </summary>
public sealed class Sgd : Optimizer<Sgd.Rule>
{
    /// <summary>Plain gradient descent with a learning rate of 0.001.</summary>
    public Sgd()
        : base(1e-3)
    {
    }

    /// <summary>How much of the last step's direction is kept: in [0, 1); 0 keeps none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Momentum
    {
        get;
        init => field = OptionRange.BelowOne(value);
    }

    /// <summary>Whether the gradient is taken ahead, where momentum leads; nothing changes without momentum.</summary>
    public bool Nesterov { get; init; }

    /// <summary>L2 penalty: this much of a weight is added to its gradient; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double WeightDecay
    {
        get;
        init => field = OptionRange.AtLeastZero(value);
    }

    /// <inheritdoc/>
    public override int MomentCount => Momentum > 0 ? 1 : 0;

    internal override bool HasBounds => true;

    /// <inheritdoc/>
    protected override Rule CreateRule(double learningRate, long step)
        => new(learningRate, Momentum, Nesterov, WeightDecay);

    internal override void Bound(ref UpdateBounds bounds, double gradient, double learningRate, long step)
    {
        gradient = bounds.Note(gradient + (bounds.Note(WeightDecay) * bounds.Weight));
        bounds.First = bounds.Note((Momentum * bounds.First) + gradient);
        double direction = bounds.Note(bounds.First + gradient);
        bounds.Weight = bounds.Note(bounds.Weight + (bounds.Note(learningRate) * direction));
    }

    /// <summary>v = μ v + g, then w = w − η v; with Nesterov w = w − η (g + μ v).</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="nesterov">Whether the step looks ahead.</param>
    /// <param name="weightDecay">λ: g = gradient + λ w.</param>
    public readonly struct Rule(double learningRate, double momentum, bool nesterov, double weightDecay) : IUpdateRule
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Apply<TLanes, T>(TLanes weight, TLanes gradient, ref Moments<TLanes, T> moments)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            gradient = TLanes.MultiplyAdd(TLanes.Constant(weightDecay), weight, gradient);
            var velocity = TLanes.MultiplyAdd(TLanes.Constant(momentum), moments[0], gradient);
            moments[0] = velocity;
            var direction = nesterov ? TLanes.MultiplyAdd(TLanes.Constant(momentum), velocity, gradient) : velocity;
            return TLanes.MultiplyAdd(TLanes.Constant(-learningRate), direction, weight);
        }
    }
}
