using System.Globalization;
using RnnGen;
using Samples;
using Spectre.Console;

namespace CharacterSample;

/// <summary>Progress for a terminal: a line for every epoch that is done, below them a bar.</summary>
internal sealed class TrainingDisplay(TrainingBar bar) : IProgress<TrainingProgress>
{
    private TimeSpan _epochStart;

    public void Report(TrainingProgress value)
    {
        if (value.EpochEnded)
        {
            ReportEpoch(value);
        }

        bar.Draw(value, string.Create(CultureInfo.InvariantCulture, $"{value.ItemsPerSecond:N0} chars/s"));
    }

    private void ReportEpoch(TrainingProgress epoch)
    {
        TimeSpan duration = epoch.Elapsed - _epochStart;
        _epochStart = epoch.Elapsed;
        AnsiConsole.MarkupLine(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch [bold]{epoch.Epoch,3}[/]  train {epoch.TrainLoss:F4}  held-out [bold]{epoch.ValidationLoss:F4}[/]  "
            + $"{epoch.ItemsPerSecond,9:N0} chars/s  {duration.TotalSeconds,6:F1} s"));
    }
}
