using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Kernels;

namespace RnnGen.Training;

// Streams: one step at a time.
public sealed unsafe partial class ModelRuntime<T>
{
    // Numbers: at most 8 KB of a stack of which there may be little.
    private const int MostOnStack = 1024;

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
    /// <param name="features">
    /// <see cref="ModelShape.InputSize"/> features. They may be outputs of a step, of this stream or of another.
    /// </param>
    /// <param name="state">A state of this model.</param>
    /// <returns>
    /// <see cref="ModelShape.OutputSize"/> outputs, inside the state: the next step over it overwrites them.
    /// </returns>
    /// <exception cref="ArgumentException">The state belongs to another model, or the features are too few or many.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A feature is not finite, and <see cref="StreamState{T}.RefuseNonFinite"/> is set.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The state was disposed.</exception>
    public ReadOnlySpan<T> Step(ReadOnlySpan<T> features, StreamState<T> state)
    {
        Arena<T>? arena = state?.UncheckedArena;
        if (arena is null || state!.Model != this || features.Length != _inputSize || _inputSize == 0)
        {
            arena = CheckStep(features, state);
        }

        if (Volatile.Read(ref _preparedVersion) != Parameters.Version)
        {
            PrepareStep();
        }

        Arena<T> weights = _stepWeights!;
        fixed (T* first = features)
        {
            T* outputs = Overlap(first, _inputSize, arena)
                ? StepFromCopy(features, arena, weights)
                : Kernels.Step(weights.Pointer, Parameters.Pointer, arena.Pointer, first);
            return Outputs(arena, weights, outputs);
        }
    }

    // Whether any of the count numbers, which are not aligned to others, is in the arena: by one comparison.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Overlap(T* first, int count, Arena<T> arena)
    {
        nuint before = (nuint)count * (nuint)sizeof(T) - 1;
        return (nuint)first - (nuint)arena.Pointer + before < (nuint)arena.Length * (nuint)sizeof(T) + before;
    }

    // Features that lie in the state, as outputs that are fed back do, would change while the step still reads them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private T* StepFromCopy(ReadOnlySpan<T> features, Arena<T> state, Arena<T> weights)
    {
        T[]? rented = features.Length > MostOnStack ? ArrayPool<T>.Shared.Rent(features.Length) : null;
        Span<T> copy = rented is null ? stackalloc T[features.Length] : rented;
        features.CopyTo(copy);
        T* outputs;
        fixed (T* first = copy)
        {
            outputs = Kernels.Step(weights.Pointer, Parameters.Pointer, state.Pointer, first);
        }

        if (rented is not null)
        {
            ArrayPool<T>.Shared.Return(rented);
        }

        return outputs;
    }

    // A span over the array, not over the pointer: it keeps the outputs alive when the state is dropped.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<T> Outputs(Arena<T> state, Arena<T> weights, T* outputs)
    {
        GC.KeepAlive(state);
        GC.KeepAlive(weights);
        GC.KeepAlive(this);
        return MemoryMarshal.CreateReadOnlySpan(ref state.Reference(outputs), _outputSize);
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

    // What the quick test of a step has not let pass: a mistake, or a state that wants its features looked at.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Arena<T> CheckStep(ReadOnlySpan<T> features, StreamState<T>? state)
    {
        Arena<T> arena = CheckState(state);
        if (features.Length != _inputSize || _inputSize == 0)
        {
            throw new ArgumentException(
                _inputSize == 0
                    ? $"The model takes a token from 0 to {_vocabulary - 1} a step, not features."
                    : $"There are {features.Length} features; the model takes {_inputSize} a step.",
                nameof(features));
        }

        for (int i = 0; i < features.Length; i++)
        {
            if (!T.IsFinite(features[i]))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(features),
                    features[i],
                    $"features[{i}] is {features[i]}; a stream with RefuseNonFinite takes finite numbers only.");
            }
        }

        return arena;
    }

    private Arena<T> CheckState(StreamState<T>? state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Arena<T>? arena = state.Arena;
        ObjectDisposedException.ThrowIf(arena is null, state);
        return state.Model == this
            ? arena
            : throw new ArgumentException(
                "The state belongs to another model. A state is stepped by the model whose CreateState made it.",
                nameof(state));
    }
}
