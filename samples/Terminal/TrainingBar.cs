using System.Globalization;
using RnnGen;
using Spectre.Console;

namespace Samples;

/// <summary>Progress for a terminal: a bar for the whole training, below what is written meanwhile.</summary>
internal sealed class TrainingBar
{
    private readonly ProgressContext _context;
    private readonly ProgressTask _bar;

    private TrainingBar(ProgressContext context)
    {
        _context = context;
        _bar = context.AddTask("starting");
    }

    /// <summary>Whether standard output can show it.</summary>
    public static bool IsPossible => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Shows a bar as long as the training runs.</summary>
    public static TrainingReport Show(Func<TrainingBar, TrainingReport> train) =>
        AnsiConsole.Progress()
            .AutoRefresh(false) // Drawn at each report: a timer's thread would only take time from the training.
            .AutoClear(true)
            .Columns(
                new ProgressBarColumn { Width = 16 },
                new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => train(new TrainingBar(context)));

    /// <summary>Draws how far the training is.</summary>
    /// <param name="progress">What it reports.</param>
    /// <param name="speed">How fast it is, in the sample's words.</param>
    public void Draw(TrainingProgress progress, string speed)
    {
        double batches = progress.Epochs * (double)progress.Batches;
        double done = (((progress.Epoch - 1) * (double)progress.Batches) + progress.Batch) / batches;
        _bar.Value = done * _bar.MaxValue;
        _bar.Description = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch}/{progress.Epochs}  loss {progress.TrainLoss:F4}  "
            + $"{speed}  {Clock(progress.Elapsed * ((1 - done) / done))} left");
        _context.Refresh();
    }

    private static string Clock(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
}
