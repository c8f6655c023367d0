using System.Globalization;
using RnnGen;
using Samples;
using Spectre.Console;

namespace CommandSample;

/// <summary>Progress: a line an epoch, into files and pipes a plain one, in a terminal one above a bar.</summary>
/// <remarks>
/// Losses are nats per action. The speed counts the time spent training, the seconds are those of the whole epoch,
/// translating what was held out included.
/// </remarks>
internal sealed class EpochLines(Examples training, TrainingBar? bar) : IProgress<TrainingProgress>
{
    /// <summary>The metric's name.</summary>
    public const string ExactMatch = "exact_match";

    // A trainer counts the steps of sources, which are words.
    private readonly double _wordsPerExample = training.MeanWords;
    private TimeSpan _epochStart;

    public void Report(TrainingProgress value)
    {
        double speed = value.ItemsPerSecond / _wordsPerExample;
        if (value.EpochEnded)
        {
            TimeSpan duration = value.Elapsed - _epochStart;
            _epochStart = value.Elapsed;
            Write(value, value.Metrics.FirstOrDefault()?.Value, speed, duration.TotalSeconds);
        }

        bar?.Draw(value, string.Create(CultureInfo.InvariantCulture, $"{speed:N0} examples/s"));
    }

    private void Write(TrainingProgress epoch, double? exactMatch, double speed, double seconds)
    {
        if (bar is null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch={epoch.Epoch} train_nats={epoch.TrainLoss:F4} heldout_nats={epoch.ValidationLoss:F4} "
                + $"{ExactMatch}={exactMatch:F4} examples_per_second={speed:F0} seconds={seconds:F1}"));
        }
        else
        {
            AnsiConsole.MarkupLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch [bold]{epoch.Epoch,3}[/]  train {epoch.TrainLoss:F4}  held-out {epoch.ValidationLoss:F4}  "
                + $"exact match [bold]{exactMatch:F4}[/]  {speed,6:N0} examples/s  {seconds,6:F1} s"));
        }
    }
}
