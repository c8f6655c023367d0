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
    /// What each of <see cref="TrainingOptions.Metrics"/> came to on the validation data after the epoch, in their
    /// order; empty without any, or where the validation was cancelled. Where the validation loss is not finite, they
    /// are NaN.
    /// </summary>
    public ImmutableArray<MetricValue> Metrics { get; init; } = [];

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

    /// <summary>The value of a metric.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">The epoch has no metric of this name.</exception>
    public double Metric(string name)
    {
        string names = Metrics.IsEmpty ? "none" : string.Join(", ", Metrics.Select(metric => $"'{metric.Name}'"));
        return Metrics.FirstOrDefault(metric => metric.Name == name)?.Value ?? throw new ArgumentException(
            $"Epoch {Epoch} has no metric '{name}'; it has {names}.", nameof(name));
    }

    /// <summary>One line, the same under every culture: epoch, losses, metrics, learning rate, speed.</summary>
    public override string ToString()
    {
        string validation = ValidationLoss is { } loss ? Invariant($", validation loss {loss:g5}") : "";
        string metrics = string.Concat(Metrics.Select(metric => $", {metric}"));
        return Invariant($"Epoch {Epoch}: train loss {TrainLoss:g5}{validation}{metrics}, ")
            + Invariant($"learning rate {LearningRate:g4}, ")
            + Invariant($"{ItemsPerSecond:g5} items/s, {Duration.TotalSeconds:g5} s.");
    }
}
