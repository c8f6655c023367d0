using System.Diagnostics;
using System.Globalization;
using RnnGen;
using Samples;
using Spectre.Console;

namespace TranslateSample;

/// <summary>
/// Translates what is held out after every epoch, and tells the progress: a line an epoch, into files and pipes a plain
/// one, in a terminal one above a bar.
/// </summary>
/// <remarks>
/// Losses are nats per word. The speed counts the time spent training, the seconds are those of the whole epoch, its
/// measurement included. <c>Fit</c> reports on its own thread, between two steps, when the model may be read.
/// </remarks>
internal sealed class EpochLines(
    SentenceTranslator translator, HeldOutSentences heldOut, double wordsPerExample, TrainingBar? bar)
    : IProgress<TrainingProgress>
{
    private long _epochStart = Stopwatch.GetTimestamp();

    /// <summary>BLEU after the last epoch, by greedy search.</summary>
    public double Bleu { get; private set; }

    public void Report(TrainingProgress value)
    {
        // A trainer counts the steps of sources, which are words.
        double speed = value.ItemsPerSecond / wordsPerExample;
        if (value.EpochEnded)
        {
            Bleu = heldOut.Measure(translator, beam: 1, CancellationToken.None);
            double seconds = Stopwatch.GetElapsedTime(_epochStart).TotalSeconds;
            _epochStart = Stopwatch.GetTimestamp();
            Write(value, speed, seconds);
        }

        bar?.Draw(value, string.Create(CultureInfo.InvariantCulture, $"{speed:N0} examples/s"));
    }

    private void Write(TrainingProgress epoch, double speed, double seconds)
    {
        if (bar is null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch={epoch.Epoch} train_nats={epoch.TrainLoss:F4} heldout_nats={epoch.ValidationLoss:F4} "
                + $"bleu={Bleu:F2} examples_per_second={speed:F0} seconds={seconds:F1}"));
        }
        else
        {
            AnsiConsole.MarkupLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch [bold]{epoch.Epoch,3}[/]  train {epoch.TrainLoss:F4}  held-out {epoch.ValidationLoss:F4}  "
                + $"BLEU [bold]{Bleu,5:F2}[/]  {speed,6:N0} examples/s  {seconds,6:F1} s"));
        }
    }
}
