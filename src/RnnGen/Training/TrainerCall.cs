using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// One call of a generated trainer: the batch comes in axis by axis and feed by feed, then it is trained on. Until it
/// is disposed nobody else can use the trainer.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct TrainerCall<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelTrainer<T> _trainer;

    internal TrainerCall(ModelTrainer<T> trainer) => _trainer = trainer;

    /// <summary>Lays out the sequences of an axis, each with a length of its own; its feeds come after.</summary>
    /// <param name="feed">An input along the axis.</param>
    /// <param name="count">Numbers that are given of it.</param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="order">How all rows along the axis follow one another.</param>
    /// <exception cref="ArgumentException">The count does not fit the lengths, or there are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is outside its range.</exception>
    public void Arrange(
        int feed,
        int count,
        ReadOnlySpan<int> lengths,
        string name,
        SequenceOrder order = SequenceOrder.TimeMajor) => _trainer.Batch.Arrange(feed, count, lengths, name, order);

    /// <summary>Lays out the sequences of an axis, all of equal length; its feeds come after.</summary>
    /// <param name="feed">An input along the axis.</param>
    /// <param name="count">Numbers that are given of it.</param>
    /// <param name="sequences">B, the number of sequences.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="order">How all rows along the axis follow one another.</param>
    /// <exception cref="ArgumentException">The count does not fit the number of sequences.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of sequences is outside its range.</exception>
    public void Arrange(
        int feed,
        int count,
        int sequences,
        string name,
        SequenceOrder order = SequenceOrder.TimeMajor) =>
        _trainer.Batch.Arrange(feed, count, SequenceLengths.Equal(sequences), name, order);

    /// <summary>Takes in the rows of a feed.</summary>
    /// <typeparam name="TValue"><see cref="int"/> or <typeparamref name="T"/>.</typeparam>
    /// <param name="feed">Which of <see cref="ModelShape.Feeds"/>.</param>
    /// <param name="values">One row per step and sequence, time-major, or one per sequence.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <exception cref="ArgumentException">A number of values does not fit, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or class is outside its range.</exception>
    public void Write<TValue>(int feed, ReadOnlySpan<TValue> values, string name)
        where TValue : unmanaged => _trainer.Batch.Write(feed, values, name, areFinite: true);

    /// <summary>Makes a decoder's tokens of its targets: the start, then all but the last.</summary>
    /// <param name="feed">A feed with <see cref="FeedShape.Start"/>.</param>
    /// <param name="targets">The targets along its axis, which have been written.</param>
    public void WriteShifted(int feed, int targets) => _trainer.Batch.WriteShifted(feed, targets);

    /// <summary>Trains on the batch; returns its loss before the update.</summary>
    /// <param name="initial">What the sequences start from; null for zeros, or for what is carried.</param>
    /// <param name="final">Receives what each sequence ends in; null for nothing.</param>
    /// <exception cref="ArgumentException">States do not fit the batch, or are not finite.</exception>
    /// <exception cref="InvalidOperationException">A schedule has no total, or gives an impossible rate.</exception>
    /// <exception cref="TrainingDivergedException">Loss, gradients or new weights are not finite.</exception>
    public T Step(RecurrentStates<T>? initial = null, RecurrentStates<T>? final = null) =>
        _trainer.TrainBatch(initial, final);

    /// <summary>The batch's loss, without dropout.</summary>
    /// <inheritdoc cref="Step" path="/param"/>
    /// <exception cref="ArgumentException">States do not fit the batch, or are not finite.</exception>
    public T Evaluate(RecurrentStates<T>? initial = null, RecurrentStates<T>? final = null) =>
        _trainer.EvaluateBatch(initial, final);

    /// <summary>The batch's loss and gradients; weights stay as they are.</summary>
    /// <inheritdoc cref="Step" path="/param"/>
    /// <exception cref="ArgumentException">States do not fit the batch, or are not finite.</exception>
    public T ComputeGradients(RecurrentStates<T>? initial = null, RecurrentStates<T>? final = null) =>
        _trainer.DifferentiateBatch(initial, final);

    /// <summary>Lets others use the trainer again.</summary>
    public void Dispose() => _trainer.Leave();
}
