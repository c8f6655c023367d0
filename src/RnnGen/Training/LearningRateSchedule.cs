namespace RnnGen;

/// <summary>
/// How the learning rate changes as training goes on. A schedule keeps no state: the step says it all.
/// </summary>
public abstract class LearningRateSchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">Steps taken before this one: 0 for the first.</param>
    /// <param name="totalSteps">Steps of the whole training: 1 or more.</param>
    /// <param name="baseRate">The optimizer's learning rate.</param>
    /// <returns>The rate: 0 or more, and finite; a trainer refuses others before it has changed a weight.</returns>
    public abstract double RateAt(long step, long totalSteps, double baseRate);
}
