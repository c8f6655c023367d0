using System.Globalization;
using RnnGen;

namespace CharacterSample;

/// <summary>Progress for files and pipes: one line an epoch.</summary>
/// <remarks>
/// Losses are nats per character. The speed counts the time spent training, the seconds are those of the whole epoch,
/// measuring by the held-out part included.
/// </remarks>
internal sealed class EpochLines(TextWriter output) : IProgress<TrainingProgress>
{
    private TimeSpan _epochStart;

    public void Report(TrainingProgress value)
    {
        if (!value.EpochEnded)
        {
            return;
        }

        TimeSpan duration = value.Elapsed - _epochStart;
        _epochStart = value.Elapsed;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch={value.Epoch} train_nats={value.TrainLoss:F4} heldout_nats={value.ValidationLoss:F4} "
            + $"chars_per_second={value.ItemsPerSecond:F0} seconds={duration.TotalSeconds:F1}"));
    }
}
