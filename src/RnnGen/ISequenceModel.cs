using System.Numerics;

namespace RnnGen;

/// <summary>What a generated model of one input and one head has beyond <see cref="IRecurrentModel{T}"/>.</summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TInput"><see cref="int"/> for tokens, <typeparamref name="T"/> for features.</typeparam>
public interface ISequenceModel<T, TInput> : IRecurrentModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInput : unmanaged
{
    /// <summary>Runs one sequence.</summary>
    /// <param name="inputs">Tokens <c>[T]</c> or features <c>[T, F]</c>.</param>
    /// <param name="outputs">Receives <c>[T, O]</c>, or <c>[O]</c> for one output per sequence.</param>
    /// <exception cref="ArgumentException">
    /// A number of values or a token is outside its range; nothing was written.
    /// </exception>
    void Forward(ReadOnlySpan<TInput> inputs, Span<T> outputs);

    /// <summary>Runs sequences of equal length.</summary>
    /// <param name="inputs">Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>.</param>
    /// <param name="sequences">B, the number of sequences: from 1 to the model's batch.</param>
    /// <param name="outputs">Receives <c>[T, B, O]</c>, or <c>[B, O]</c> for one output per sequence.</param>
    /// <param name="order">How inputs and outputs follow one another.</param>
    /// <param name="initial">What the sequences start from; null for zeros, or for learned states.</param>
    /// <param name="final">Receives what each sequence ends in; null for nothing.</param>
    /// <exception cref="ArgumentException">
    /// A number of values, a length or a token is outside its range, or states do not fit; nothing was written.
    /// </exception>
    void Forward(
        ReadOnlySpan<TInput> inputs,
        int sequences,
        Span<T> outputs,
        SequenceOrder order = SequenceOrder.TimeMajor,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null);

    /// <summary>Runs sequences of any lengths.</summary>
    /// <param name="inputs">Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>.</param>
    /// <param name="lengths">Steps of each sequence, in any order: B of them, from 1 to the model's batch.</param>
    /// <param name="outputs">
    /// Receives <c>[T, B, O]</c> with zeros behind a sequence's end, or <c>[B, O]</c> for one output per sequence.
    /// </param>
    /// <param name="order">How inputs and outputs follow one another.</param>
    /// <param name="initial">What the sequences start from; null for zeros, or for learned states.</param>
    /// <param name="final">Receives what each sequence ends in; null for nothing.</param>
    /// <exception cref="ArgumentException">
    /// A number of values, a length or a token is outside its range, or states do not fit; nothing was written.
    /// </exception>
    void Forward(
        ReadOnlySpan<TInput> inputs,
        ReadOnlySpan<int> lengths,
        Span<T> outputs,
        SequenceOrder order = SequenceOrder.TimeMajor,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null);

    /// <summary>Makes the state of a new stream.</summary>
    /// <exception cref="NotSupportedException">The model reads sequences from their ends.</exception>
    Training.StreamState<T> CreateState();

    /// <summary>Moves a stream on by one input. Allocates nothing.</summary>
    /// <param name="input">One token, or the features <c>[F]</c> of one step.</param>
    /// <param name="state">The stream, made by <see cref="CreateState"/>.</param>
    /// <returns>The outputs <c>[O]</c>, which the stream's next step overwrites.</returns>
    /// <exception cref="ArgumentException">
    /// The input is outside its range, or the state is another model's.
    /// </exception>
    ReadOnlySpan<T> Step(ReadOnlySpan<TInput> input, Training.StreamState<T> state);
}
