using System.Diagnostics;

namespace RnnGen.Training;

/// <summary>What the batches of an epoch add up to.</summary>
internal struct EpochSums()
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private double _loss;
    private long _rows;

    /// <summary>Sequence steps.</summary>
    public long Items { get; private set; }

    /// <summary>Mean loss over the output rows.</summary>
    public readonly double MeanLoss => _loss / _rows;

    /// <summary>Time since the epoch began.</summary>
    public readonly TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public void Add(double loss, int outputRows, int rows)
    {
        _loss += loss * outputRows;
        _rows += outputRows;
        Items += rows;
    }
}
