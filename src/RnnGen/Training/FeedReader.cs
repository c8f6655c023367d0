using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>Gives the batches of a <see cref="FeedData{T}"/>, epoch after epoch.</summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class FeedReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Batches of an epoch: 1 or more, and as many as <see cref="Read"/> gives from one <see cref="Restart"/> to the
    /// next; <c>Fit</c> checks both.
    /// </summary>
    public abstract int BatchCount { get; }

    /// <summary>Goes back to the first batch.</summary>
    /// <param name="order">What to shuffle by, if the data may be shuffled; null for the given order.</param>
    public abstract void Restart(CounterRandom? order);

    /// <summary>Writes the next batch. It is called once per training step, so it should not allocate.</summary>
    /// <param name="batch">Receives the batch.</param>
    /// <returns>False when the epoch is over; the batch is then left alone.</returns>
    public abstract bool Read(FeedBatch<T> batch);
}
