using System.Diagnostics;

namespace RnnGen.Training;

/// <summary>What the batches of an epoch add up to, head by head.</summary>
internal sealed class EpochSums(ModelShape shape)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double[] _losses = new double[shape.Outputs.Length];
    private readonly long[] _rows = new long[shape.Outputs.Length];

    /// <summary>Sequence steps.</summary>
    public long Items { get; private set; }

    /// <summary>Time since the epoch began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>The loss: of each head the mean over its output rows times its weight.</summary>
    public double MeanLoss
    {
        get
        {
            double loss = 0;
            for (int head = 0; head < _losses.Length; head++)
            {
                loss += shape.Outputs[head].Weight * HeadLoss(head);
            }

            return loss;
        }
    }

    /// <summary>Mean loss of a head over its output rows.</summary>
    public double HeadLoss(int head) => _losses[head] / _rows[head];

    /// <summary>Adds the last batch.</summary>
    /// <param name="losses">Mean loss of each head.</param>
    /// <param name="batch">What they were taken over.</param>
    public void Add<T>(ReadOnlySpan<double> losses, PackedBatch<T> batch)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        for (int head = 0; head < losses.Length; head++)
        {
            int rows = batch.OutputRows(head);
            _losses[head] += losses[head] * rows;
            _rows[head] += rows;
        }

        Items += batch.Rows;
    }
}
