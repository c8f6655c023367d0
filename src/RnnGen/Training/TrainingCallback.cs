namespace RnnGen;

/// <summary>
/// Progress of <c>Fit</c> by a call on the training thread, between two steps: it may read the model's weights and save
/// them, and the training waits for it. It must not call the trainer.
/// </summary>
/// <param name="action">What to call.</param>
public sealed class TrainingCallback(Action<TrainingProgress> action) : IProgress<TrainingProgress>
{
    private readonly Action<TrainingProgress> _action = action ?? throw new ArgumentNullException(nameof(action));

    /// <inheritdoc/>
    public void Report(TrainingProgress value) => _action(value);
}
