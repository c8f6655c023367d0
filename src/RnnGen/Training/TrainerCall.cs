using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// One call of a generated trainer: the batch comes in axis by axis and feed by feed, then it is trained on. Until it
/// is disposed nobody else can use the trainer. Once it, or a copy of it, is disposed, it throws
/// <see cref="ObjectDisposedException"/>; one that no trainer began, <see cref="InvalidOperationException"/>.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct TrainerCall<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelTrainer<T> _trainer;
    private readonly long _call;

    /// <param name="trainer">The trainer, taken for this call.</param>
    /// <param name="call">The number that it gave the call.</param>
    internal TrainerCall(ModelTrainer<T> trainer, long call)
    {
        _trainer = trainer;
        _call = call;
    }

    // Null in a default value.
    private ModelTrainer<T> Trainer
    {
        get
        {
            if (_trainer is null)
            {
                throw new InvalidOperationException("This is no call yet: a trainer's Begin makes one.");
            }

            ObjectDisposedException.ThrowIf(!_trainer.IsRunning(_call), typeof(TrainerCall<T>));
            return _trainer;
        }
    }

    /// <summary>Lays out the sequences of an axis, each with a length of its own; its feeds come after.</summary>
    /// <param name="feed">An input along the axis.</param>
    /// <param name="count">Numbers that are given of it.</param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="order">How all rows along the axis follow one another.</param>
    /// <exception cref="ArgumentException">
    /// The count does not fit the lengths, there are none, or the feed is a target.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A length or the feed is outside its range.</exception>
    public void Arrange(
        int feed,
        int count,
        ReadOnlySpan<int> lengths,
        string name,
        SequenceOrder order = SequenceOrder.TimeMajor) => Trainer.Batch.Arrange(feed, count, lengths, name, order);

    /// <summary>Lays out the sequences of an axis, all of equal length; its feeds come after.</summary>
    /// <param name="feed">An input along the axis.</param>
    /// <param name="count">Numbers that are given of it.</param>
    /// <param name="sequences">B, the number of sequences.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="order">How all rows along the axis follow one another.</param>
    /// <exception cref="ArgumentException">
    /// The count does not fit the number of sequences, or the feed is a target.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number of sequences or the feed is outside its range.
    /// </exception>
    public void Arrange(
        int feed,
        int count,
        int sequences,
        string name,
        SequenceOrder order = SequenceOrder.TimeMajor) =>
        Trainer.Batch.Arrange(feed, count, SequenceLengths.Equal(sequences), name, order);

    /// <summary>Takes in the rows of a feed.</summary>
    /// <typeparam name="TValue"><see cref="int"/> or <typeparamref name="T"/>.</typeparam>
    /// <param name="feed">Which of <see cref="ModelShape.Feeds"/>.</param>
    /// <param name="values">One row per step and sequence, time-major, or one per sequence.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <exception cref="ArgumentException">A number of values does not fit, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token, a class or the feed is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The sequences of its axis were not arranged.</exception>
    public void Write<TValue>(int feed, ReadOnlySpan<TValue> values, string name)
        where TValue : unmanaged => Trainer.Batch.Write(feed, values, name, areFinite: true);

    /// <summary>Makes a decoder's tokens of its targets: the start, then all but the last.</summary>
    /// <param name="feed">A feed with <see cref="FeedShape.Start"/>.</param>
    /// <param name="targets">The targets along its axis, which have been written.</param>
    /// <exception cref="ArgumentOutOfRangeException">A feed is outside its range.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is no start, or those are no targets that have been written.
    /// </exception>
    public void WriteShifted(int feed, int targets) => Trainer.Batch.WriteShifted(feed, targets);

    /// <summary>Trains on the batch; returns its loss before the update.</summary>
    /// <param name="initial">
    /// What the sequences start from; null for zeros or learned states, or for what is carried.
    /// </param>
    /// <param name="final">Receives what each sequence ends in; null for nothing.</param>
    /// <exception cref="ArgumentException">States do not fit the batch, or are not finite.</exception>
    /// <exception cref="InvalidOperationException">
    /// A schedule has no total, or gives an impossible rate; or a feed was refused, or not given.
    /// </exception>
    /// <exception cref="TrainingDivergedException">Loss, gradients or new weights are not finite.</exception>
    public T Step(RecurrentStates<T>? initial = null, RecurrentStates<T>? final = null) =>
        Trainer.TrainBatch(initial, final);

    /// <summary>The batch's loss, without dropout.</summary>
    /// <inheritdoc cref="Step" path="/param"/>
    /// <exception cref="ArgumentException">States do not fit the batch, or are not finite.</exception>
    /// <exception cref="InvalidOperationException">A feed was refused, or not given.</exception>
    public T Evaluate(RecurrentStates<T>? initial = null, RecurrentStates<T>? final = null) =>
        Trainer.EvaluateBatch(initial, final);

    /// <summary>The batch's loss and gradients; weights stay as they are.</summary>
    /// <inheritdoc cref="Step" path="/param"/>
    /// <exception cref="ArgumentException">States do not fit the batch, or are not finite.</exception>
    /// <exception cref="InvalidOperationException">A feed was refused, or not given.</exception>
    public T ComputeGradients(RecurrentStates<T>? initial = null, RecurrentStates<T>? final = null) =>
        Trainer.DifferentiateBatch(initial, final);

    /// <summary>Lets others use the trainer again, once.</summary>
    public void Dispose() => _trainer?.Leave(_call);
}
