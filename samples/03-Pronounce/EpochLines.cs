using System.Diagnostics;
using System.Globalization;
using RnnGen;
using Samples;
using Spectre.Console;

namespace PronounceSample;

/// <summary>Progress: a line an epoch, into files and pipes a plain one, in a terminal one above a bar.</summary>
/// <remarks>
/// Losses are nats per phoneme. The speed counts the time spent training, the seconds are those of the whole epoch,
/// pronouncing what was held out included.
/// </remarks>
/// <param name="training">What is trained on.</param>
/// <param name="measure">Measures the model as it is; null when the training was cancelled meanwhile.</param>
/// <param name="bar">Where progress is drawn; null where it is not.</param>
internal sealed class EpochLines(Examples training, Func<ErrorRates?> measure, TrainingBar? bar)
    : IProgress<TrainingProgress>
{
    // A trainer counts the steps of sources, which are letters.
    private readonly double _lettersPerExample = training.MeanLetters;
    private readonly Stopwatch _epoch = Stopwatch.StartNew();

    public void Report(TrainingProgress value)
    {
        double speed = value.ItemsPerSecond / _lettersPerExample;
        if (value.EpochEnded)
        {
            if (measure() is { } rates)
            {
                Write(value, rates, speed, _epoch.Elapsed.TotalSeconds);
            }

            _epoch.Restart();
        }

        bar?.Draw(value, string.Create(CultureInfo.InvariantCulture, $"{speed:N0} examples/s"));
    }

    private void Write(TrainingProgress epoch, ErrorRates rates, double speed, double seconds)
    {
        if (bar is null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch={epoch.Epoch} train_nats={epoch.TrainLoss:F4} heldout_nats={epoch.ValidationLoss:F4} "
                + $"word_error_rate={rates.Words:F4} phoneme_error_rate={rates.Phonemes:F4} "
                + $"examples_per_second={speed:F0} seconds={seconds:F1}"));
        }
        else
        {
            AnsiConsole.MarkupLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch [bold]{epoch.Epoch,3}[/]  train {epoch.TrainLoss:F4}  held-out {epoch.ValidationLoss:F4}  "
                + $"words wrong [bold]{rates.Words:P1}[/]  phonemes {rates.Phonemes:P1}  "
                + $"{speed,6:N0} examples/s  {seconds,6:F1} s"));
        }
    }
}
