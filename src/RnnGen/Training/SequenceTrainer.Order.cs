namespace RnnGen.Training;

// Batches whose rows follow one another in either order.
public abstract partial class SequenceTrainer<T, TInput, TTarget>
{
    /// <summary>
    /// Trains on one batch whose rows may follow one another sequence by sequence. Whatever it throws, weights, moments
    /// and all states are as before it.
    /// </summary>
    /// <param name="inputs">
    /// Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, T up to the model's steps; <c>[B, T]</c> or <c>[B, T, F]</c>.
    /// </param>
    /// <param name="targets">
    /// Classes or values in the same order; <c>[B]</c> or <c>[B, O]</c> for one output per sequence.
    /// </param>
    /// <param name="lengths">
    /// Steps of each sequence <c>[B]</c>, in any order, B from 1 to the model's batch.
    /// </param>
    /// <param name="order">
    /// How inputs and targets follow one another: <see cref="SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
    /// </param>
    /// <param name="initial">
    /// What the sequences start from, finite; null for zeros or learned states, or for what <see
    /// cref="TrainingOptions.CarryState"/> carries, which goes on from this batch's end in either case.
    /// </param>
    /// <param name="final">
    /// Receives what each sequence ends in, as with the weights before the update; null for nothing. It may be
    /// <paramref name="initial"/>.
    /// </param>
    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})" path="/returns"/>
    /// <exception cref="ArgumentException">
    /// States are of another model or number of sequences; an initial one is infinite or NaN; or the batch is refused.
    /// </exception>
    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})"
    /// path="/exception[@cref!='T:System.ArgumentException']"/>
    public T Step(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        ReadOnlySpan<int> lengths,
        SequenceOrder order,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null) => TrainOnce(inputs, targets, lengths, initial, final, order);

    /// <summary>
    /// Trains on one batch whose rows may follow one another sequence by sequence. Whatever it throws, weights, moments
    /// and all states are as before it.
    /// </summary>
    /// <param name="inputs">
    /// Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, T up to the model's steps; <c>[B, T]</c> or <c>[B, T, F]</c>.
    /// </param>
    /// <param name="targets">
    /// Classes or values in the same order; <c>[B]</c> or <c>[B, O]</c> for one output per sequence.
    /// </param>
    /// <param name="sequences">B, the number of sequences: from 1 to the model's batch. All have T steps.</param>
    /// <param name="order">
    /// How inputs and targets follow one another: <see cref="SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
    /// </param>
    /// <param name="initial">
    /// What the sequences start from, finite; null for zeros or learned states, or for what <see
    /// cref="TrainingOptions.CarryState"/> carries, which goes on from this batch's end in either case.
    /// </param>
    /// <param name="final">
    /// Receives what each sequence ends in, as with the weights before the update; null for nothing. It may be
    /// <paramref name="initial"/>.
    /// </param>
    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})" path="/returns"/>
    /// <exception cref="ArgumentException">
    /// States are of another model or number of sequences; an initial one is infinite or NaN; or the batch is refused.
    /// </exception>
    /// <inheritdoc cref="Step(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})"
    /// path="/exception[@cref!='T:System.ArgumentException']"/>
    public T Step(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        int sequences,
        SequenceOrder order,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null) =>
        TrainOnce(inputs, targets, SequenceLengths.Equal(sequences), initial, final, order);

    /// <summary>
    /// The mean loss of one batch whose rows may follow one another sequence by sequence, without dropout.
    /// </summary>
    /// <param name="inputs">
    /// Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, T up to the model's steps; <c>[B, T]</c> or <c>[B, T, F]</c>.
    /// </param>
    /// <param name="targets">
    /// Classes or values in the same order; <c>[B]</c> or <c>[B, O]</c> for one output per sequence.
    /// </param>
    /// <param name="lengths">
    /// Steps of each sequence <c>[B]</c>, in any order, B from 1 to the model's batch.
    /// </param>
    /// <param name="order">
    /// How inputs and targets follow one another: <see cref="SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
    /// </param>
    /// <param name="initial">
    /// What the sequences start from, finite; null for zeros or learned states, or for what <see
    /// cref="TrainingOptions.CarryState"/> carries, which goes on from this batch's end in either case.
    /// </param>
    /// <param name="final">
    /// Receives what each sequence ends in, null for nothing. It may be <paramref name="initial"/>.
    /// </param>
    /// <inheritdoc cref="Evaluate(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})" path="/returns"/>
    /// <exception cref="ArgumentException">
    /// States are of another model or number of sequences; an initial one is infinite or NaN; or the batch is refused.
    /// </exception>
    /// <inheritdoc cref="Evaluate(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})"
    /// path="/exception[@cref!='T:System.ArgumentException']"/>
    public T Evaluate(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        ReadOnlySpan<int> lengths,
        SequenceOrder order,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null) => EvaluateOnce(inputs, targets, lengths, initial, final, order);

    /// <summary>
    /// The mean loss of one batch whose rows may follow one another sequence by sequence, without dropout.
    /// </summary>
    /// <param name="inputs">
    /// Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, T up to the model's steps; <c>[B, T]</c> or <c>[B, T, F]</c>.
    /// </param>
    /// <param name="targets">
    /// Classes or values in the same order; <c>[B]</c> or <c>[B, O]</c> for one output per sequence.
    /// </param>
    /// <param name="sequences">B, the number of sequences: from 1 to the model's batch. All have T steps.</param>
    /// <param name="order">
    /// How inputs and targets follow one another: <see cref="SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
    /// </param>
    /// <param name="initial">
    /// What the sequences start from, finite; null for zeros or learned states, or for what <see
    /// cref="TrainingOptions.CarryState"/> carries, which goes on from this batch's end in either case.
    /// </param>
    /// <param name="final">
    /// Receives what each sequence ends in, null for nothing. It may be <paramref name="initial"/>.
    /// </param>
    /// <inheritdoc cref="Evaluate(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})" path="/returns"/>
    /// <exception cref="ArgumentException">
    /// States are of another model or number of sequences; an initial one is infinite or NaN; or the batch is refused.
    /// </exception>
    /// <inheritdoc cref="Evaluate(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})"
    /// path="/exception[@cref!='T:System.ArgumentException']"/>
    public T Evaluate(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        int sequences,
        SequenceOrder order,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null) =>
        EvaluateOnce(inputs, targets, SequenceLengths.Equal(sequences), initial, final, order);

    /// <summary>
    /// Forward, loss and backward of one batch whose rows may follow one another sequence by sequence, as a step would
    /// do them next, without changing weights or carried state. <see
    /// cref="ModelTrainer{T}.InitialStateGradient(string)"/> then tells the gradients of the states.
    /// </summary>
    /// <param name="inputs">
    /// Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, T up to the model's steps; <c>[B, T]</c> or <c>[B, T, F]</c>.
    /// </param>
    /// <param name="targets">
    /// Classes or values in the same order; <c>[B]</c> or <c>[B, O]</c> for one output per sequence.
    /// </param>
    /// <param name="lengths">
    /// Steps of each sequence <c>[B]</c>, in any order, B from 1 to the model's batch.
    /// </param>
    /// <param name="order">
    /// How inputs and targets follow one another: <see cref="SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
    /// </param>
    /// <param name="initial">
    /// What the sequences start from, finite; null for zeros or learned states, or for what <see
    /// cref="TrainingOptions.CarryState"/> carries.
    /// </param>
    /// <param name="final">
    /// Receives what each sequence ends in, null for nothing. It may be <paramref name="initial"/>.
    /// </param>
    /// <returns>The mean loss over all output rows without padding.</returns>
    /// <exception cref="ArgumentException">
    /// States are of another model or number of sequences; an initial one is infinite or NaN; or the batch is refused.
    /// </exception>
    /// <inheritdoc cref="ComputeGradients(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})"
    /// path="/exception[@cref!='T:System.ArgumentException']"/>
    public T ComputeGradients(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        ReadOnlySpan<int> lengths,
        SequenceOrder order,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null) => Differentiate(inputs, targets, lengths, initial, final, order);

    /// <summary>
    /// Forward, loss and backward of one batch whose rows may follow one another sequence by sequence, as a step would
    /// do them next, without changing weights or carried state. <see
    /// cref="ModelTrainer{T}.InitialStateGradient(string)"/> then tells the gradients of the states.
    /// </summary>
    /// <param name="inputs">
    /// Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, T up to the model's steps; <c>[B, T]</c> or <c>[B, T, F]</c>.
    /// </param>
    /// <param name="targets">
    /// Classes or values in the same order; <c>[B]</c> or <c>[B, O]</c> for one output per sequence.
    /// </param>
    /// <param name="sequences">B, the number of sequences: from 1 to the model's batch. All have T steps.</param>
    /// <param name="order">
    /// How inputs and targets follow one another: <see cref="SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
    /// </param>
    /// <param name="initial">
    /// What the sequences start from, finite; null for zeros or learned states, or for what <see
    /// cref="TrainingOptions.CarryState"/> carries.
    /// </param>
    /// <param name="final">
    /// Receives what each sequence ends in, null for nothing. It may be <paramref name="initial"/>.
    /// </param>
    /// <returns>The mean loss over all output rows without padding.</returns>
    /// <exception cref="ArgumentException">
    /// States are of another model or number of sequences; an initial one is infinite or NaN; or the batch is refused.
    /// </exception>
    /// <inheritdoc cref="ComputeGradients(ReadOnlySpan{TInput}, ReadOnlySpan{TTarget}, ReadOnlySpan{int})"
    /// path="/exception[@cref!='T:System.ArgumentException']"/>
    public T ComputeGradients(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<TTarget> targets,
        int sequences,
        SequenceOrder order,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null) =>
        Differentiate(inputs, targets, SequenceLengths.Equal(sequences), initial, final, order);
}
