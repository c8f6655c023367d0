using System.Diagnostics;

namespace RnnGen.Training;

/// <summary>Tells the caller of Fit how far it is: not too often within an epoch, and after each.</summary>
internal sealed class ProgressReports(IProgress<TrainingProgress>? progress, int epochs)
{
    private static readonly long Interval = Stopwatch.Frequency / 5;

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _last;

    /// <summary>Time since Fit began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Within an epoch.</summary>
    public void Batch(int epoch, int batch, int batches, EpochSums sums, double learningRate)
    {
        long now = Stopwatch.GetTimestamp();
        if (progress is null || now - _last < Interval)
        {
            return;
        }

        _last = now;
        progress.Report(new TrainingProgress
        {
            Epoch = epoch,
            Epochs = epochs,
            Batch = batch,
            Batches = batches,
            TrainLoss = sums.MeanLoss,
            ValidationLoss = null,
            LearningRate = learningRate,
            ItemsPerSecond = sums.Items / Math.Max(sums.Elapsed.TotalSeconds, 1e-9),
            Elapsed = Elapsed,
            EpochEnded = false,
        });
    }

    /// <summary>After an epoch.</summary>
    public void Epoch(EpochReport report, int batches) => progress?.Report(new TrainingProgress
    {
        Epoch = report.Epoch,
        Epochs = epochs,
        Batch = batches,
        Batches = batches,
        TrainLoss = report.TrainLoss,
        ValidationLoss = report.ValidationLoss,
        Metrics = report.Metrics,
        LearningRate = report.LearningRate,
        ItemsPerSecond = report.ItemsPerSecond,
        Elapsed = Elapsed,
        EpochEnded = true,
    });
}
