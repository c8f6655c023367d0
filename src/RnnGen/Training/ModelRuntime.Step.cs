using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Kernels;

namespace RnnGen.Training;

// Streams: one step at a time.
public sealed unsafe partial class ModelRuntime<T>
{
    /// <summary>Feeds one token to a stream.</summary>
    /// <param name="token">A token from 0 to <see cref="ModelShape.Vocabulary"/> − 1.</param>
    /// <param name="state">A state of this model.</param>
    /// <returns>
    /// <see cref="ModelShape.OutputSize"/> outputs, inside the state: the next step over it overwrites them.
    /// </returns>
    /// <exception cref="ArgumentException">The state belongs to another model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The token is outside the vocabulary.</exception>
    /// <exception cref="ObjectDisposedException">The state was disposed.</exception>
    public ReadOnlySpan<T> Step(int token, StreamState<T> state)
    {
        Arena<T>? arena = state?.Arena;
        if (arena is null || state!.Model != this || (uint)token >= (uint)_vocabulary)
        {
            ThrowStep(token, state);
        }

        if (Volatile.Read(ref _preparedVersion) != Parameters.Version)
        {
            PrepareStep();
        }

        Arena<T> weights = _stepWeights!;
        T* outputs = Kernels.Step(weights.Pointer, Parameters.Pointer, arena.Pointer, token);
        return Outputs(arena, weights, outputs);
    }

    /// <summary>Feeds one step's features to a stream.</summary>
    /// <param name="features"><see cref="ModelShape.InputSize"/> features.</param>
    /// <param name="state">A state of this model.</param>
    /// <returns>
    /// <see cref="ModelShape.OutputSize"/> outputs, inside the state: the next step over it overwrites them.
    /// </returns>
    /// <exception cref="ArgumentException">The state belongs to another model, or the features are too few or many.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The state was disposed.</exception>
    public ReadOnlySpan<T> Step(ReadOnlySpan<T> features, StreamState<T> state)
    {
        Arena<T>? arena = state?.Arena;
        if (arena is null || state!.Model != this || features.Length != _inputSize || _inputSize == 0)
        {
            ThrowStep(features, state);
        }

        if (Volatile.Read(ref _preparedVersion) != Parameters.Version)
        {
            PrepareStep();
        }

        Arena<T> weights = _stepWeights!;
        fixed (T* first = features)
        {
            T* outputs = Kernels.Step(weights.Pointer, Parameters.Pointer, arena.Pointer, first);
            return Outputs(arena, weights, outputs);
        }
    }

    // A span over the array, not over the pointer: it keeps the outputs alive when the state is dropped.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<T> Outputs(Arena<T> state, Arena<T> weights, T* outputs)
    {
        int offset = (int)(outputs - state.Pointer);
        ref T first = ref Unsafe.Add(ref MemoryMarshal.GetReference(state.Span), offset);
        GC.KeepAlive(state);
        GC.KeepAlive(weights);
        GC.KeepAlive(this);
        return MemoryMarshal.CreateReadOnlySpan(ref first, _outputSize);
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowStep(int token, StreamState<T>? state)
    {
        CheckState(state);
        throw _vocabulary == 0
            ? new ArgumentException($"The model takes {_inputSize} features a step, not a token.", nameof(token))
            : new ArgumentOutOfRangeException(
                nameof(token), token, $"The token is {token}; it must be from 0 to {_vocabulary - 1}.");
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowStep(ReadOnlySpan<T> features, StreamState<T>? state)
    {
        CheckState(state);
        throw new ArgumentException(
            _inputSize == 0
                ? $"The model takes a token from 0 to {_vocabulary - 1} a step, not features."
                : $"There are {features.Length} features; the model takes {_inputSize} a step.",
            nameof(features));
    }

    private void CheckState(StreamState<T>? state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ObjectDisposedException.ThrowIf(state.Arena is null, state);
        if (state.Model != this)
        {
            throw new ArgumentException(
                "The state belongs to another model. A state is stepped by the model whose CreateState made it.",
                nameof(state));
        }
    }
}
