namespace RnnGen.Training;

// Whole trainings.
public abstract partial class SequenceTrainer<T, TInput, TTarget>
{
    /// <summary>
    /// Trains for some epochs, each of which starts anew, from zeros or learned states, as does the next batch after
    /// it. However it ends, the weights are finite: those of the epoch that was best by validation, where
    /// <see cref="TrainingOptions.KeepBest"/> and validation data say so; else those of the last step, if they give the
    /// last batch that was learnt from a finite loss; else the latest that gave one, of copies made after every epoch
    /// and every 1000 steps. Divergence and cancellation end it early without an exception: the report tells how it
    /// ended and which weights the model has. What <paramref name="progress"/>, the data, the schedule or a metric
    /// throws comes out once the weights are so.
    /// </summary>
    /// <param name="data">What to train on.</param>
    /// <param name="epochs">How often to go through the data: 1 or more.</param>
    /// <param name="validation">
    /// What to measure the model by after every epoch, loss and <see cref="TrainingOptions.Metrics"/>; it is not
    /// trained on. <see cref="SequenceData.Windows(int[])"/> are read in as many streams as are 16 windows long or
    /// more, since each starts without memory.
    /// </param>
    /// <param name="progress">
    /// Told after every epoch, and some times a second within one, on the calling thread between two steps. It must not
    /// call the trainer. <see cref="Progress{T}"/> passes reports on to other threads, which come too late to look at
    /// the weights; a <see cref="TrainingCallback"/> may read and save them.
    /// </param>
    /// <param name="cancellationToken">Ends the training between two steps.</param>
    /// <returns>Losses, speed and how it ended.</returns>
    /// <exception cref="ArgumentException">
    /// Data or validation data, as the parameter's name says, does not fit the model, or a number in it is infinite or
    /// NaN; nothing was trained, unless it is data of the caller's own kind. Or there is no validation data, but the
    /// options have metrics, or patience.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// The trainer is in use; the schedule gives a rate that is negative, infinite or NaN; a reader gives no batches or
    /// another number than it says; or somebody has set a weight to infinity or NaN.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public TrainingReport Fit(
        SequenceData<TInput, TTarget> data,
        int epochs,
        SequenceData<TInput, TTarget>? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var batch = new SequenceBatch<TInput, TTarget>(Model.Shape);
        BatchSource<T> Source(SequenceData<TInput, TTarget> sequences, DataRole role) =>
            new SequenceSource<T, TInput, TTarget>(sequences, Model.Shape, role, batch);
        return Fit(
            () => Source(data, DataRole.Training),
            epochs,
            () => validation is null ? null : Source(validation, DataRole.Validation),
            progress,
            cancellationToken);
    }
}
