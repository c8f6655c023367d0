using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// Trains a model: the base of every generated trainer. One thread at a time may call it, and nobody may run the model
/// meanwhile. After the first call of each kind nothing is allocated per step.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TInput"><see cref="int"/> for tokens, <typeparamref name="T"/> for features.</typeparam>
/// <typeparam name="TTarget"><see cref="int"/> for classes, <typeparamref name="T"/> for values.</typeparam>
public abstract partial class SequenceTrainer<T, TInput, TTarget> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    private readonly PassRunner<T> _runner;
    private readonly CarriedState<T> _trainingState;
    private readonly CarriedState<T> _evaluationState;
    private long _optimizerSteps;
    private int _epochs;
    private int _busy;
    private bool _disposed;

    /// <summary>Makes a trainer with its memory and threads.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="options">How to train it.</param>
    /// <exception cref="ArgumentException">The model cannot carry its state, but the options ask for it.</exception>
    protected SequenceTrainer(ModelRuntime<T> model, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (options.CarryState && model.Shape.States.IsEmpty)
        {
            throw new ArgumentException(
                "CarryState is set, but this model has no state to carry: it has no recurrent layer, or a "
                + "bidirectional one, which reads each sequence to its end.",
                nameof(options));
        }

        Model = model;
        Options = options;
        LearningRate = options.Optimizer.LearningRate;
        _trainingState = new CarriedState<T>(model.Shape);
        _evaluationState = new CarriedState<T>(model.Shape);
        _runner = new PassRunner<T>(model, options);
    }

    /// <summary>How this trainer trains.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Updates of the weights so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Learning rate of the last step, or of the first before it.</summary>
    public double LearningRate { get; private set; }

    /// <summary>
    /// Euclidean norm of the last gradients of all parameters together, before clipping. PyTorch's layout has two
    /// biases with equal gradients where the model has one; here they count once.
    /// </summary>
    public double GradientNorm => _runner.GradientNorm;

    /// <summary>Trains on one batch: forward, loss, backward, clipping, update.</summary>
    /// <param name="inputs">
    /// Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, time-major; T up to the model's steps.
    /// </param>
    /// <param name="targets">
    /// Classes <c>[T, B]</c> or values <c>[T, B, O]</c>; <c>[B]</c> or <c>[B, O]</c> for one output per sequence.
    /// </param>
    /// <param name="lengths">
    /// Steps of each sequence <c>[B]</c>, in any order, B from 1 to the model's batch; what follows a sequence's end is
    /// not looked at.
    /// </param>
    /// <returns>The mean loss before the update, over all output rows without padding.</returns>
    /// <exception cref="ArgumentException">A number of values does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token, class or length is outside its range.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="TrainingOptions.Schedule"/> is set without <see cref="TrainingOptions.TotalSteps"/>, or another
    /// thread is inside the trainer.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    /// <exception cref="TrainingDivergedException">
    /// Loss or gradients are not finite; the weights are as before.
    /// </exception>
    public T Step(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, ReadOnlySpan<int> lengths) =>
        TrainOnce(inputs, targets, lengths);

    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})"
    /// path="/*[not(self::param)]"/>
    /// <param name="inputs">
    /// Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, time-major; T up to the model's steps.
    /// </param>
    /// <param name="targets">
    /// Classes <c>[T, B]</c> or values <c>[T, B, O]</c>; <c>[B]</c> or <c>[B, O]</c> for one output per sequence.
    /// </param>
    /// <param name="sequences">B, the number of sequences: from 1 to the model's batch. All have T steps.</param>
    public T Step(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, int sequences) =>
        TrainOnce(inputs, targets, SequenceLengths.Equal(sequences));

    /// <summary>
    /// The mean loss of one batch, without dropout. With <see cref="TrainingOptions.CarryState"/> it moves on the state
    /// that evaluation carries, apart from the training's; weights and optimizer stay as they are.
    /// </summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})" path="/param"/>
    /// <returns>The mean loss over all output rows without padding; it may be infinite or NaN.</returns>
    /// <exception cref="ArgumentException">A number of values does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token, class or length is outside its range.</exception>
    /// <exception cref="InvalidOperationException">Another thread is inside the trainer.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public T Evaluate(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, ReadOnlySpan<int> lengths) =>
        T.CreateTruncating(Validate(inputs, targets, lengths, Options.CarryState));

    /// <inheritdoc cref="Evaluate(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})"
    /// path="/*[not(self::param)]"/>
    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, int)" path="/param"/>
    public T Evaluate(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, int sequences) =>
        T.CreateTruncating(Validate(inputs, targets, SequenceLengths.Equal(sequences), Options.CarryState));

    /// <summary>
    /// Forward, loss and backward of one batch as a step would do them next, dropout included, but without
    /// changing weights or carried state: calling it again gives the same. <see cref="Gradient"/> then tells the
    /// gradients, which may be infinite or NaN like the loss.
    /// </summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})" path="/param"/>
    /// <returns>The mean loss over all output rows without padding.</returns>
    /// <exception cref="ArgumentException">A number of values does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token, class or length is outside its range.</exception>
    /// <exception cref="InvalidOperationException">Another thread is inside the trainer.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public T ComputeGradients(
        ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, ReadOnlySpan<int> lengths) =>
        Differentiate(inputs, targets, lengths);

    /// <inheritdoc cref="ComputeGradients(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})"
    /// path="/*[not(self::param)]"/>
    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, int)" path="/param"/>
    public T ComputeGradients(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, int sequences) =>
        Differentiate(inputs, targets, SequenceLengths.Equal(sequences));

    /// <summary>The last gradient of a tensor, before clipping, in the layout that the tensor has in files.</summary>
    /// <param name="tensorName">The tensor's name, for instance <c>lstm.weight_ih_l0</c>.</param>
    /// <returns>The gradient of the mean loss, last dimension fastest.</returns>
    /// <exception cref="ArgumentException">The model has no such tensor.</exception>
    public T[] Gradient(string tensorName) => Model.Parameters.Read(tensorName, _runner.Gradients);

    /// <summary>
    /// Lets every sequence of the next batch start from the zero state, in training and in evaluation.
    /// </summary>
    public void ResetState()
    {
        _trainingState.Reset();
        _evaluationState.Reset();
    }

    /// <summary>Lets one sequence of the next batch start from the zero state, in training and in evaluation.</summary>
    /// <param name="sequence">The sequence's place in the batch: 0 to the model's batch − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public void ResetState(int sequence)
    {
        if ((uint)sequence >= (uint)Model.Shape.Batch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sequence),
                sequence,
                $"The sequence is {sequence}; it must be from 0 to {Model.Shape.Batch - 1}.");
        }

        _trainingState.Reset(sequence);
        _evaluationState.Reset(sequence);
    }

    /// <summary>
    /// Trains for some epochs, from the zero state, and leaves the carried state at zero. Divergence and cancellation
    /// end it early without an exception: the report tells how it ended and which weights the model has.
    /// </summary>
    /// <param name="data">What to train on.</param>
    /// <param name="epochs">How often to go through the data: 1 or more.</param>
    /// <param name="validation">What to measure the model by after every epoch; it is not trained on.</param>
    /// <param name="progress">Told after every epoch, and some times a second within one.</param>
    /// <param name="cancellationToken">Ends the training between two steps.</param>
    /// <returns>Losses, speed and how it ended.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model; nothing was trained.</exception>
    public TrainingReport Fit(
        SequenceData<TInput, TTarget> data,
        int epochs,
        SequenceData<TInput, TTarget>? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (epochs < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(epochs), epochs, $"There are {epochs} epochs; 1 or more are needed.");
        }

        return new TrainingLoop<T, TInput, TTarget>(this, data, epochs, validation, progress).Run(cancellationToken);
    }

    /// <summary>Ends the threads. The model stays as it is.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the threads.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _runner.Close();
            _disposed = true;
        }
    }
}
