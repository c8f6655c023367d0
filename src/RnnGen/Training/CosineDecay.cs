namespace RnnGen;

/// <summary>
/// The learning rate falls along half a cosine wave from the optimizer's to <see cref="Final"/>, which it would reach
/// after the last step. Without warm-up it is PyTorch's <c>CosineAnnealingLR</c> with the total steps as <c>T_max</c>.
/// </summary>
public sealed class CosineDecay : LearningRateSchedule
{
    /// <summary>The learning rate at the end: 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double Final
    {
        get;
        init => field = OptionRange.AtLeastZero(value);
    }

    /// <summary>
    /// Steps at the start in which the learning rate rises in equal parts to the optimizer's; 0 or more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long WarmupSteps
    {
        get;
        init => field = OptionRange.AtLeast(0, value);
    }

    /// <inheritdoc/>
    public override double RateAt(long step, long totalSteps, double baseRate)
    {
        if (step < WarmupSteps)
        {
            return baseRate * (step + 1) / WarmupSteps;
        }

        double fraction = Math.Min(1, (step - WarmupSteps) / (double)Math.Max(1, totalSteps - WarmupSteps));
        return Final + ((baseRate - Final) * (1 + Math.Cos(Math.PI * fraction)) / 2);
    }
}
