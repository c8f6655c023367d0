namespace RnnGen.Training;

// Whole sequences whose rows follow one another in either order.
public sealed unsafe partial class ModelRuntime<T>
{
    /// <summary>Runs sequences of tokens that have the same length.</summary>
    /// <param name="tokens">Tokens <c>[T, B]</c>, in the given order; T from 1 to the model's steps.</param>
    /// <param name="sequences">B, the number of sequences: from 1 to the model's batch.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, B, O]</c>, or <c>[B, O]</c> when the model gives one output per sequence.
    /// </param>
    /// <param name="order">
    /// How inputs and outputs follow one another: <see cref="SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
    /// </param>
    /// <param name="initial">What the sequences start from; null for zeros, or for learned states.</param>
    /// <param name="final">
    /// Receives what each sequence ends in; null for nothing. It may be <paramref name="initial"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A number of values does not fit, the model takes features, or states are another model's or another number's.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A token or the number of sequences is outside its range.
    /// </exception>
    public void Forward(
        ReadOnlySpan<int> tokens,
        int sequences,
        Span<T> outputs,
        SequenceOrder order,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null) =>
        Run(tokens, SequenceLengths.Equal(sequences), outputs, initial, final, order);

    /// <summary>Runs sequences of tokens that have lengths of their own.</summary>
    /// <param name="tokens">Tokens <c>[T, B]</c>, in the given order; those after a sequence's end are not looked at.
    /// </param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>, in any order; B from 1 to the model's batch.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, B, O]</c> with zeros after a sequence's end, or <c>[B, O]</c> when the model gives
    /// one output per sequence.
    /// </param>
    /// <param name="order">
    /// How inputs and outputs follow one another: <see cref="SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
    /// </param>
    /// <param name="initial">What the sequences start from; null for zeros, or for learned states.</param>
    /// <param name="final">
    /// Receives what each sequence ends in; null for nothing. It may be <paramref name="initial"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A number of values does not fit, there are no lengths, the model takes features, or states are another model's
    /// or another number's.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a sequence length is outside its range.</exception>
    public void Forward(
        ReadOnlySpan<int> tokens,
        ReadOnlySpan<int> lengths,
        Span<T> outputs,
        SequenceOrder order,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null) =>
        Run(tokens, lengths, outputs, initial, final, order);

    /// <summary>Runs sequences of features that have the same length.</summary>
    /// <param name="features">Features <c>[T, B, F]</c>, in the given order; T from 1 to the model's steps.</param>
    /// <param name="sequences">B, the number of sequences: from 1 to the model's batch.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, B, O]</c>, or <c>[B, O]</c> when the model gives one output per sequence.
    /// </param>
    /// <param name="order">
    /// How inputs and outputs follow one another: <see cref="SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
    /// </param>
    /// <param name="initial">What the sequences start from; null for zeros, or for learned states.</param>
    /// <param name="final">
    /// Receives what each sequence ends in; null for nothing. It may be <paramref name="initial"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A number of values does not fit, the model takes tokens, or states are another model's or another number's.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number of sequences is outside its range.
    /// </exception>
    public void Forward(
        ReadOnlySpan<T> features,
        int sequences,
        Span<T> outputs,
        SequenceOrder order,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null) =>
        Run(features, SequenceLengths.Equal(sequences), outputs, initial, final, order);

    /// <summary>Runs sequences of features that have lengths of their own.</summary>
    /// <param name="features">Features <c>[T, B, F]</c>, in the given order; those after a sequence's end are not
    /// looked at.
    /// </param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>, in any order; B from 1 to the model's batch.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, B, O]</c> with zeros after a sequence's end, or <c>[B, O]</c> when the model gives
    /// one output per sequence.
    /// </param>
    /// <param name="order">
    /// How inputs and outputs follow one another: <see cref="SequenceOrder.BatchMajor"/> for <c>[B, T, F]</c>.
    /// </param>
    /// <param name="initial">What the sequences start from; null for zeros, or for learned states.</param>
    /// <param name="final">
    /// Receives what each sequence ends in; null for nothing. It may be <paramref name="initial"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A number of values does not fit, there are no lengths, the model takes tokens, or states are another model's or
    /// another number's.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A sequence length is outside its range.</exception>
    public void Forward(
        ReadOnlySpan<T> features,
        ReadOnlySpan<int> lengths,
        Span<T> outputs,
        SequenceOrder order,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null) =>
        Run(features, lengths, outputs, initial, final, order);
}
