using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Training;

/// <summary>
/// What a generated model holds: its kernels, its parameters and all that does not depend on its sizes. Any number of
/// threads may step their own states and run <c>Forward</c> at the same time, as long as nobody changes the weights.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe class ModelRuntime<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Lock _preparing = new();
    private readonly WorkspaceCache<T> _workspaces;
    private readonly int _vocabulary;
    private readonly int _inputSize;
    private readonly int _outputSize;
    private Arena<T>? _stepWeights;
    private int _preparedVersion = -1;

    /// <summary>Makes a model with all parameters 0; <see cref="ParameterArena{T}.Initialize"/> fills them.</summary>
    /// <param name="kernels">The emitted code for the target that will run.</param>
    public ModelRuntime(ModelKernels<T> kernels)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        Kernels = kernels;
        Shape = kernels.Shape;
        Parameters = new ParameterArena<T>(Shape.ParameterLength, kernels.Tensors) { Options = kernels.Options };
        _workspaces = new WorkspaceCache<T>(this);
        _vocabulary = Shape.Vocabulary;
        _inputSize = Shape.InputSize;
        _outputSize = Shape.OutputSize;
    }

    /// <summary>The emitted code.</summary>
    public ModelKernels<T> Kernels { get; }

    /// <summary>The model's sizes.</summary>
    public ModelShape Shape { get; }

    /// <summary>The model's weights.</summary>
    public ParameterArena<T> Parameters { get; }

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

    /// <summary>Runs whole sequences of tokens.</summary>
    /// <param name="tokens">Tokens <c>[T, B]</c>, time-major; those after a sequence's end are not looked at.</param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>, in any order; empty when all have T.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, B, O]</c> with zeros after a sequence's end, or <c>[B, O]</c> when the model gives
    /// one output per sequence.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit, or the model takes features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a sequence length is outside its range.</exception>
    public void Forward(ReadOnlySpan<int> tokens, ReadOnlySpan<int> lengths, Span<T> outputs)
    {
        InferenceWorkspace<T> workspace = _workspaces.Rent();
        try
        {
            workspace.Forward(tokens, lengths, outputs);
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }

    /// <summary>Runs whole sequences of features.</summary>
    /// <param name="features">Features <c>[T, B, F]</c>, time-major; those after a sequence's end are not looked at.
    /// </param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>, in any order; empty when all have T.</param>
    /// <param name="outputs">
    /// Receives the outputs <c>[T, B, O]</c> with zeros after a sequence's end, or <c>[B, O]</c> when the model gives
    /// one output per sequence.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit, or the model takes tokens.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A sequence length is outside its range.</exception>
    public void Forward(ReadOnlySpan<T> features, ReadOnlySpan<int> lengths, Span<T> outputs)
    {
        InferenceWorkspace<T> workspace = _workspaces.Rent();
        try
        {
            workspace.Forward(features, lengths, outputs);
        }
        finally
        {
            _workspaces.Return(workspace);
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PrepareStep()
    {
        lock (_preparing)
        {
            int version = Parameters.Version;
            if (_preparedVersion == version)
            {
                return;
            }

            _stepWeights ??= new Arena<T>(Shape.StepWeightsLength);
            Kernels.PrepareStep(Parameters.Pointer, _stepWeights.Pointer);

            // Published last: who sees the version also sees the weights.
            Volatile.Write(ref _preparedVersion, version);
        }
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
