namespace RnnGen;

/// <summary>
/// The learning rate is multiplied by <see cref="Factor"/> after every <see cref="Every"/> steps: PyTorch's
/// <c>StepLR</c>.
/// </summary>
public sealed class StepDecay : LearningRateSchedule
{
    /// <summary>Steps at one learning rate: 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long Every
    {
        get;
        init => field = OptionRange.AtLeast(1, value);
    } = 1000;

    /// <summary>What the learning rate is multiplied by: above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0, or infinite.</exception>
    public double Factor
    {
        get;
        init => field = OptionRange.AboveZero(value);
    } = 0.5;

    /// <inheritdoc/>
    public override double RateAt(long step, long totalSteps, double baseRate)
        => baseRate * Math.Pow(Factor, step / Every);
}
