using RnnGen.Kernels;

namespace RnnGen;

/// <summary>Gives the batches of a <see cref="SequenceData{TInput, TTarget}"/>, epoch after epoch.</summary>
/// <typeparam name="TInput"><see cref="int"/> for tokens, the model's number for features.</typeparam>
/// <typeparam name="TTarget"><see cref="int"/> for classes, the model's number for values.</typeparam>
public abstract class SequenceReader<TInput, TTarget>
    where TInput : unmanaged
    where TTarget : unmanaged
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
    public abstract bool Read(SequenceBatch<TInput, TTarget> batch);
}
