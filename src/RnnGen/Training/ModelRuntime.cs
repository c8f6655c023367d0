using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Training;

/// <summary>
/// What a generated model holds: its kernels, its parameters and all that does not depend on its sizes. Any number of
/// threads may step their own states and run <c>Forward</c> at the same time, as long as nobody changes the weights.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe partial class ModelRuntime<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Lock _preparing = new();
    private readonly Pool<InferenceWorkspace<T>> _workspaces;
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
        _workspaces = new Pool<InferenceWorkspace<T>>(() => new InferenceWorkspace<T>(this));
        _searches = new Pool<SequenceSearch<T>>(() => new SequenceSearch<T>(this));
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
}
