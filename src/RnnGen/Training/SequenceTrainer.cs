using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// Trains a model: the base of every generated trainer. It does one thing at a time, and nobody may run the model
/// meanwhile: while a call runs, any other, <see cref="Dispose()"/> included, throws
/// <see cref="InvalidOperationException"/> and changes nothing; its properties may be read. After the first call of
/// each kind nothing is allocated per step.
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
    private readonly RecurrentStates<T> _trainingState;
    private readonly RecurrentStates<T> _evaluationState;
    private long _optimizerSteps;
    private int _epochs;
    private string? _running;
    private bool _disposed;

    /// <summary>Makes a trainer with its memory and threads.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="options">How to train it.</param>
    /// <exception cref="ArgumentException">The model cannot carry its state, but the options ask for it.</exception>
    /// <exception cref="InvalidOperationException">
    /// The optimizer asks for fewer than 0 or more than <see cref="Optimizer.MaxMomentCount"/> moments.
    /// </exception>
    protected SequenceTrainer(ModelRuntime<T> model, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (options.CarryState && !model.Shape.States.Any(state => state.MayBeCarried))
        {
            throw new ArgumentException(
                "CarryState is set, but this model has no state to carry: it has no recurrent layer, or a "
                + "bidirectional one, which reads each sequence to its end.",
                nameof(options));
        }

        Model = model;
        Options = options;
        LearningRate = options.Optimizer.LearningRate;
        _trainingState = new RecurrentStates<T>(model.Shape, model.Shape.Batch);
        _evaluationState = new RecurrentStates<T>(model.Shape, model.Shape.Batch);
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

    /// <summary>
    /// Trains on one batch: forward, loss, backward, clipping, update. Whatever it throws, weights, moments and carried
    /// state are then as before it; and after it the weights are finite.
    /// </summary>
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
    /// <exception cref="ArgumentException">
    /// A number of values does not fit; or a feature or wanted value is infinite or NaN.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A token, class or length is outside its range.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="TrainingOptions.Schedule"/> is set without <see cref="TrainingOptions.TotalSteps"/>, or gives a rate
    /// that is negative, infinite or NaN; somebody has set a weight to infinity or NaN; or the trainer is in use.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    /// <exception cref="TrainingDivergedException">
    /// Loss or gradients are not finite, or new weights or moments would not be.
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
    /// <exception cref="ArgumentException">
    /// A number of values does not fit; or a feature or wanted value is infinite or NaN.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A token, class or length is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The trainer is in use.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public T Evaluate(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, ReadOnlySpan<int> lengths) =>
        EvaluateOnce(inputs, targets, lengths);

    /// <inheritdoc cref="Evaluate(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})"
    /// path="/*[not(self::param)]"/>
    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, int)" path="/param"/>
    public T Evaluate(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, int sequences) =>
        EvaluateOnce(inputs, targets, SequenceLengths.Equal(sequences));

    /// <summary>
    /// Forward, loss and backward of one batch as a step would do them next, dropout included, but without
    /// changing weights or carried state: calling it again gives the same. <see cref="Gradient"/> then tells the
    /// gradients, which may be infinite or NaN like the loss.
    /// </summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})" path="/param"/>
    /// <returns>The mean loss over all output rows without padding.</returns>
    /// <exception cref="ArgumentException">
    /// A number of values does not fit; or a feature or wanted value is infinite or NaN.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A token, class or length is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The trainer is in use.</exception>
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
    /// <exception cref="InvalidOperationException">The trainer is in use.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public T[] Gradient(string tensorName)
    {
        Enter(nameof(Gradient));
        try
        {
            return Model.Parameters.Read(tensorName, _runner.Gradients);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>
    /// Lets every sequence of the next batch start from the zero state, in training and in evaluation.
    /// </summary>
    /// <exception cref="InvalidOperationException">The trainer is in use.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public void ResetState()
    {
        Enter(nameof(ResetState));
        ClearState();
        Leave();
    }

    /// <summary>Lets one sequence of the next batch start from the zero state, in training and in evaluation.</summary>
    /// <param name="sequence">The sequence's place in the batch: 0 to the model's batch − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    /// <exception cref="InvalidOperationException">The trainer is in use.</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public void ResetState(int sequence)
    {
        if ((uint)sequence >= (uint)Model.Shape.Batch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sequence),
                sequence,
                $"The sequence is {sequence}; it must be from 0 to {Model.Shape.Batch - 1}.");
        }

        Enter(nameof(ResetState));
        _trainingState.Clear(sequence);
        _evaluationState.Clear(sequence);
        Leave();
    }

    /// <summary>Ends the threads. The model stays as it is.</summary>
    /// <exception cref="InvalidOperationException">The trainer is in use, and stays usable.</exception>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the threads.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        Claim(nameof(Dispose));
        if (!_disposed)
        {
            _disposed = true;
            _runner.Close();
        }

        Leave();
    }
}
