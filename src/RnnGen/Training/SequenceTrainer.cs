using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// Trains a model of one input and one loss: the base of its generated trainer, which takes spans. It does one thing at
/// a time, and nobody may run the model meanwhile: while a call runs, any other, <c>Dispose</c> included, throws <see
/// cref="InvalidOperationException"/> and changes nothing; its properties may be read. After the first call of each
/// kind nothing is allocated per step.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TInput"><see cref="int"/> for tokens, <typeparamref name="T"/> for features.</typeparam>
/// <typeparam name="TTarget"><see cref="int"/> for classes, <typeparamref name="T"/> for values.</typeparam>
public abstract partial class SequenceTrainer<T, TInput, TTarget> : ModelTrainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    /// <summary>Makes a trainer with its memory and threads.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="options">How to train it.</param>
    /// <exception cref="ArgumentException">
    /// The model cannot carry its state, but the options ask for it; or a metric does not fit the model or the others.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The optimizer asks for fewer than 0 or more than <see cref="Optimizer.MaxMomentCount"/> moments.
    /// </exception>
    protected SequenceTrainer(ModelRuntime<T> model, TrainingOptions options)
        : base(model, options)
    {
    }

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
    /// Forward, loss and backward of one batch as a step would do them next, dropout included, but without changing
    /// weights or carried state: calling it again gives the same. <see cref="ModelTrainer{T}.Gradient(string)"/> then
    /// tells the gradients, which may be infinite or NaN like the loss.
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

    private T TrainOnce(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        SequenceLengths lengths,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null,
        SequenceOrder order = SequenceOrder.TimeMajor)
    {
        using TrainerCall<T> call = Begin(nameof(Step));
        Batch.Pack(inputs, targets, lengths, order);
        return call.Step(initial, final);
    }

    private T EvaluateOnce(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        SequenceLengths lengths,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null,
        SequenceOrder order = SequenceOrder.TimeMajor)
    {
        using TrainerCall<T> call = Begin(nameof(Evaluate));
        Batch.Pack(inputs, targets, lengths, order);
        return call.Evaluate(initial, final);
    }

    private T Differentiate(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        SequenceLengths lengths,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null,
        SequenceOrder order = SequenceOrder.TimeMajor)
    {
        using TrainerCall<T> call = Begin(nameof(ComputeGradients));
        Batch.Pack(inputs, targets, lengths, order);
        return call.ComputeGradients(initial, final);
    }
}
