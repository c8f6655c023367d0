using System.Collections.Immutable;
using System.Globalization;
using RnnGen.Training;

namespace RnnGen;

/// <summary>What a call of <c>Fit</c> came to.</summary>
public sealed record TrainingReport
{
    /// <summary>How it ended.</summary>
    public required TrainingOutcome Outcome { get; init; }

    /// <summary>The epochs that were trained to their end.</summary>
    public required ImmutableArray<EpochReport> Epochs { get; init; }

    /// <summary>Updates of the weights, those of an unfinished epoch included.</summary>
    public required long Steps { get; init; }

    /// <summary>Time that the call took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>
    /// The epoch with the lowest validation loss, or with the best value of the metric <see cref="BestBy"/>, the first
    /// of several; null without validation, or where no value was finite.
    /// </summary>
    public required int? BestEpoch { get; init; }

    /// <summary>The metric that tells the best epoch; null where the validation loss does.</summary>
    public string? BestBy { get; init; }

    /// <summary>In words: how it ended and which weights the model has now.</summary>
    public required string Explanation { get; init; }

    /// <summary>Mean training loss of the last finished epoch; NaN if there is none.</summary>
    public double TrainLoss => Epochs.IsEmpty ? double.NaN : Epochs[^1].TrainLoss;

    /// <summary>Validation loss of the last finished epoch; null without one.</summary>
    public double? ValidationLoss => Epochs.IsEmpty ? null : Epochs[^1].ValidationLoss;

    /// <summary>The report of the best epoch; null where there is none.</summary>
    public EpochReport? Best => BestEpoch is { } epoch ? Epochs[epoch - 1] : null;

    /// <summary>
    /// The validation loss of the best epoch: the lowest one, unless a metric tells which is best; null without
    /// validation.
    /// </summary>
    public double? BestValidationLoss => Best?.ValidationLoss;

    /// <summary>Sequence steps trained on per second, over all finished epochs.</summary>
    public double ItemsPerSecond =>
        Epochs.Sum(epoch => epoch.Items) / Math.Max(Epochs.Sum(epoch => epoch.Duration.TotalSeconds), 1e-9);

    /// <summary>One line: outcome, losses, speed.</summary>
    public override string ToString()
    {
        if (Epochs.IsEmpty)
        {
            return $"{Explanation} {Quantity.Of(Steps, "step")}, no whole epoch, {Text(Duration.TotalSeconds)} s.";
        }

        string validation = Best is { ValidationLoss: { } loss } best
            ? $", best {BestBy ?? "validation loss"} {Text(BestBy is null ? loss : best.Metric(BestBy))} (epoch "
                + $"{BestEpoch})"
            : "";
        return $"{Explanation} {Quantity.Of(Epochs.Length, "epoch")}, {Quantity.Of(Steps, "step")}, train loss "
            + $"{Text(TrainLoss)}{validation}, {Text(ItemsPerSecond)} items/s, {Text(Duration.TotalSeconds)} s.";
    }

    private static string Text(double number) => number.ToString("g5", CultureInfo.InvariantCulture);
}
