using System.Collections.Immutable;
using static System.FormattableString;

namespace RnnGen;

/// <summary>What one epoch of training came to.</summary>
public sealed record EpochReport
{
    /// <summary>Number of the epoch, 1 for the first of the call.</summary>
    public required int Epoch { get; init; }

    /// <summary>
    /// Mean loss over the epoch's output rows (steps without padding, or sequences), each at the weights of its time;
    /// of several heads the sum of these means, each times its weight.
    /// </summary>
    public required double TrainLoss { get; init; }

    /// <summary>Mean loss over the validation data after the epoch; null without any.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>
    /// The loss of each head before its weight, in the model's order: their weighted sum is the loss above.
    /// </summary>
    public ImmutableArray<HeadReport> Heads { get; init; } = [];

    /// <summary>Learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Sequence steps trained on, padding left out.</summary>
    public required long Items { get; init; }

    /// <summary>Time spent training, without validation.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Sequence steps trained on per second.</summary>
    public double ItemsPerSecond => Items / Math.Max(Duration.TotalSeconds, 1e-9);

    /// <summary>One line, the same under every culture: epoch, losses, learning rate, speed.</summary>
    public override string ToString()
    {
        string validation = ValidationLoss is { } loss ? Invariant($", validation loss {loss:g5}") : "";
        return Invariant($"Epoch {Epoch}: train loss {TrainLoss:g5}{validation}, learning rate {LearningRate:g4}, ")
            + Invariant($"{ItemsPerSecond:g5} items/s, {Duration.TotalSeconds:g5} s.");
    }
}
