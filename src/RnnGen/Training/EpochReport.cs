namespace RnnGen;

/// <summary>What one epoch of training came to.</summary>
/// <param name="Epoch">Number of the epoch, 1 for the first of the call.</param>
/// <param name="TrainLoss">
/// Mean loss over the epoch's output rows (steps without padding, or sequences), each at the weights of its time.
/// </param>
/// <param name="ValidationLoss">Mean loss over the validation data after the epoch; null without any.</param>
/// <param name="LearningRate">Learning rate of the epoch's last step.</param>
/// <param name="Items">Sequence steps trained on, padding left out.</param>
/// <param name="Duration">Time spent training, without validation.</param>
public sealed record EpochReport(
    int Epoch, double TrainLoss, double? ValidationLoss, double LearningRate, long Items, TimeSpan Duration)
{
    /// <summary>Sequence steps trained on per second.</summary>
    public double ItemsPerSecond => Items / Math.Max(Duration.TotalSeconds, 1e-9);
}
