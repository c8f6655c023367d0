namespace RnnGen;

/// <summary>The optimizer's own learning rate at every step.</summary>
public sealed class ConstantRate : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double RateAt(long step, long totalSteps, double baseRate) => baseRate;
}
