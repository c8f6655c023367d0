namespace RnnGen;

/// <summary>
/// Adam with decoupled weight decay, after Loshchilov and Hutter (2017): the formulas of PyTorch's <c>AdamW</c>.
/// </summary>
public sealed class AdamW : Optimizer<Adam.Rule>
{
    /// <summary>A learning rate of 0.001 and a weight decay of 0.01.</summary>
    public AdamW()
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

    /// <summary>A step shrinks every weight by this times the learning rate; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double WeightDecay
    {
        get;
        init => field = OptionRange.AtLeastZero(value);
    } = 1e-2;

    /// <inheritdoc/>
    public override int MomentCount => 2;

    internal override bool HasBounds => true;

    /// <inheritdoc/>
    protected override Adam.Rule CreateRule(double learningRate, long step)
        => Adam.Rule.At(learningRate, step, Beta1, Beta2, Epsilon) with { Kept = 1 - (learningRate * WeightDecay) };

    internal override void Bound(ref UpdateBounds bounds, double gradient, double learningRate, long step) =>
        CreateRule(learningRate, step).Bound(ref bounds, gradient);
}
