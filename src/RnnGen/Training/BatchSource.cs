using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>Packed batches, epoch after epoch: what a training loop reads, whatever they are made of.</summary>
internal abstract class BatchSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether sequence i of a batch goes on where sequence i of the batch before it ended.</summary>
    public abstract bool CarriesState { get; }

    /// <summary>Batches of this epoch.</summary>
    public abstract int BatchCount { get; }

    /// <summary>Goes back to the first batch.</summary>
    public abstract void Restart(CounterRandom? order);

    /// <summary>Packs the next batch; false when the epoch is over.</summary>
    public abstract bool Read(PackedBatch<T> batch);
}
