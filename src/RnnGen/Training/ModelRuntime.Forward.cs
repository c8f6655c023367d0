namespace RnnGen.Training;

// Whole sequences. Inputs and lengths are copied before the first output is written, so they may share memory.
public sealed unsafe partial class ModelRuntime<T>
{
    /// <summary>Runs one sequence of tokens.</summary>
    /// <param name="tokens">Tokens <c>[T]</c>, T from 1 to the model's steps.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, O]</c>, or <c>[O]</c> when the model gives one output per sequence.
    /// </param>
    /// <exception cref="ArgumentException">A number of values does not fit, or the model takes features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is outside the vocabulary.</exception>
    public void Forward(ReadOnlySpan<int> tokens, Span<T> outputs) => Run(tokens, SequenceLengths.Equal(1), outputs);

    /// <summary>Runs sequences of tokens that have the same length.</summary>
    /// <param name="tokens">Tokens <c>[T, B]</c>, time-major; T from 1 to the model's steps.</param>
    /// <param name="sequences">B, the number of sequences: from 1 to the model's batch.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, B, O]</c>, or <c>[B, O]</c> when the model gives one output per sequence.
    /// </param>
    /// <exception cref="ArgumentException">A number of values does not fit, or the model takes features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A token or the number of sequences is outside its range.
    /// </exception>
    public void Forward(ReadOnlySpan<int> tokens, int sequences, Span<T> outputs) =>
        Run(tokens, SequenceLengths.Equal(sequences), outputs);

    /// <summary>Runs sequences of tokens that have lengths of their own.</summary>
    /// <param name="tokens">Tokens <c>[T, B]</c>, time-major; those after a sequence's end are not looked at.
    /// </param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>, in any order; B from 1 to the model's batch.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, B, O]</c> with zeros after a sequence's end, or <c>[B, O]</c> when the model gives
    /// one output per sequence.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A number of values does not fit, there are no lengths, or the model takes features.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a sequence length is outside its range.</exception>
    public void Forward(ReadOnlySpan<int> tokens, ReadOnlySpan<int> lengths, Span<T> outputs) =>
        Run(tokens, lengths, outputs);

    /// <summary>Runs one sequence of features.</summary>
    /// <param name="features">Features <c>[T, F]</c>, T from 1 to the model's steps.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, O]</c>, or <c>[O]</c> when the model gives one output per sequence.
    /// </param>
    /// <exception cref="ArgumentException">A number of values does not fit, or the model takes tokens.</exception>
    public void Forward(ReadOnlySpan<T> features, Span<T> outputs) => Run(features, SequenceLengths.Equal(1), outputs);

    /// <summary>Runs sequences of features that have the same length.</summary>
    /// <param name="features">Features <c>[T, B, F]</c>, time-major; T from 1 to the model's steps.</param>
    /// <param name="sequences">B, the number of sequences: from 1 to the model's batch.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, B, O]</c>, or <c>[B, O]</c> when the model gives one output per sequence.
    /// </param>
    /// <exception cref="ArgumentException">A number of values does not fit, or the model takes tokens.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number of sequences is outside its range.
    /// </exception>
    public void Forward(ReadOnlySpan<T> features, int sequences, Span<T> outputs) =>
        Run(features, SequenceLengths.Equal(sequences), outputs);

    /// <summary>Runs sequences of features that have lengths of their own.</summary>
    /// <param name="features">Features <c>[T, B, F]</c>, time-major; those after a sequence's end are not looked at.
    /// </param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>, in any order; B from 1 to the model's batch.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, B, O]</c> with zeros after a sequence's end, or <c>[B, O]</c> when the model gives
    /// one output per sequence.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A number of values does not fit, there are no lengths, or the model takes tokens.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A sequence length is outside its range.</exception>
    public void Forward(ReadOnlySpan<T> features, ReadOnlySpan<int> lengths, Span<T> outputs) =>
        Run(features, lengths, outputs);

    /// <summary>
    /// Begins a forward pass of a model with several inputs or outputs, as generated code makes it. Any number of
    /// threads may do so at the same time.
    /// </summary>
    public ForwardCall<T> Begin() => new(_workspaces);

    private void Run<TInput>(
        ReadOnlySpan<TInput> inputs,
        SequenceLengths lengths,
        Span<T> outputs,
        RecurrentStates<T>? initial = null,
        RecurrentStates<T>? final = null,
        SequenceOrder order = SequenceOrder.TimeMajor)
        where TInput : unmanaged
    {
        InferenceWorkspace<T> workspace = _workspaces.Rent();
        try
        {
            workspace.Forward(inputs, lengths, outputs, initial, final, order);
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }
}
