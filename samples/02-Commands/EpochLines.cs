using System.Diagnostics;
using System.Globalization;
using RnnGen;
using Samples;
using Spectre.Console;

namespace CommandSample;

/// <summary>
/// Measures the model after every epoch, and writes a line about it: into files and pipes a plain one, in a terminal
/// one above a bar.
/// </summary>
/// <remarks>
/// Losses are nats per action. The speed counts the time spent training, the seconds are those of the whole epoch,
/// translating what was held out included.
/// </remarks>
internal sealed class EpochLines(CommandTranslator model, int trainedOn, Examples heldOut, TrainingBar? bar)
    : IProgress<TrainingProgress>
{
    private readonly Stopwatch _epoch = Stopwatch.StartNew();

    /// <summary>Held-out commands that were translated without a mistake after the last epoch.</summary>
    public int Exact { get; private set; }

    // Called by the trainer between two steps, when the model may be used.
    public void Report(TrainingProgress value)
    {
        if (value.EpochEnded)
        {
            double speed = trainedOn / _epoch.Elapsed.TotalSeconds;
            Exact = heldOut.CountExact(model);
            Write(value, Exact / (double)heldOut.Count, speed, _epoch.Elapsed.TotalSeconds);
            _epoch.Restart();
        }

        bar?.Draw(value, string.Create(CultureInfo.InvariantCulture, $"{value.ItemsPerSecond:N0} words/s"));
    }

    private void Write(TrainingProgress epoch, double exactMatch, double speed, double seconds)
    {
        if (bar is null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch={epoch.Epoch} train_nats={epoch.TrainLoss:F4} exact_match={exactMatch:F4} "
                + $"examples_per_second={speed:F0} seconds={seconds:F1}"));
        }
        else
        {
            AnsiConsole.MarkupLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch [bold]{epoch.Epoch,3}[/]  train {epoch.TrainLoss:F4}  exact match [bold]{exactMatch:F4}[/]  "
                + $"{speed,6:N0} examples/s  {seconds,6:F1} s"));
        }
    }
}
