using System.Collections.Immutable;
using static System.FormattableString;

namespace RnnGen;

/// <summary>How far a call of <c>Fit</c> is: reported after every epoch, and some times a second within one.</summary>
public readonly record struct TrainingProgress
{
    /// <summary>Number of the epoch, 1 for the first.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>Batches of the epoch that are done.</summary>
    public required int Batch { get; init; }

    /// <summary>Batches of an epoch.</summary>
    public required int Batches { get; init; }

    /// <summary>Mean training loss of the epoch so far.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Validation loss, known at the end of an epoch with validation data.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>Metrics, known when the validation loss is; empty within an epoch.</summary>
    public ImmutableArray<MetricValue> Metrics
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <summary>Learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Sequence steps trained on per second in this epoch.</summary>
    public required double ItemsPerSecond { get; init; }

    /// <summary>Time since the call began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>True for the report after an epoch.</summary>
    public required bool EpochEnded { get; init; }

    /// <summary>One line, the same under every culture: epoch, batch, losses, metrics, learning rate, speed.</summary>
    public override string ToString()
    {
        string validation = ValidationLoss is { } loss ? Invariant($", validation loss {loss:g5}") : "";
        string metrics = string.Concat(Metrics.Select(metric => $", {metric}"));
        return Invariant($"Epoch {Epoch} of {Epochs}, batch {Batch} of {Batches}: train loss {TrainLoss:g5}")
            + Invariant($"{validation}{metrics}, learning rate {LearningRate:g4}, {ItemsPerSecond:g5} items/s, ")
            + Invariant($"{Elapsed.TotalSeconds:g5} s.");
    }
}
