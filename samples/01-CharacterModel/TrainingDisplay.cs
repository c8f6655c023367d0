using System.Globalization;
using RnnGen;
using Spectre.Console;

namespace CharacterSample;

/// <summary>
/// Progress for a terminal: a line for every epoch that is done, below them a bar for the whole training.
/// </summary>
internal sealed class TrainingDisplay : IProgress<TrainingProgress>
{
    private readonly ProgressContext _context;
    private readonly ProgressTask _bar;
    private TimeSpan _epochStart;

    private TrainingDisplay(ProgressContext context)
    {
        _context = context;
        _bar = context.AddTask("starting");
    }

    /// <summary>Whether standard output can show it.</summary>
    public static bool IsPossible => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Shows the display as long as the training runs.</summary>
    public static TrainingReport Show(Func<IProgress<TrainingProgress>, TrainingReport> train) =>
        AnsiConsole.Progress()
            .AutoRefresh(false) // Drawn at each report: a timer's thread would only take time from the training.
            .AutoClear(true)
            .Columns(
                new ProgressBarColumn { Width = 16 },
                new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => train(new TrainingDisplay(context)));

    public void Report(TrainingProgress value)
    {
        double batches = value.Epochs * (double)value.Batches;
        double done = (((value.Epoch - 1) * (double)value.Batches) + value.Batch) / batches;
        if (value.EpochEnded)
        {
            ReportEpoch(value);
        }

        _bar.Value = done * _bar.MaxValue;
        _bar.Description = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {value.Epoch}/{value.Epochs}  loss {value.TrainLoss:F4}  "
            + $"{value.ItemsPerSecond:N0} chars/s  {Clock(value.Elapsed * ((1 - done) / done))} left");
        _context.Refresh();
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

    private static string Clock(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
}
