using System.Collections.Immutable;
using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Training;

/// <summary>
/// The code that the generator emits for one model and one SIMD target. It holds no numbers of its own: everything it
/// works on is handed to it, so one instance serves any number of models and threads.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract unsafe class ModelKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The instructions that the code was emitted for.</summary>
    public abstract SimdTarget Target { get; }

    /// <summary>The model's sizes.</summary>
    public abstract ModelShape Shape { get; }

    /// <summary>The model's tensors as files know them, in the order of the layers.</summary>
    public abstract ImmutableArray<TensorMap> Tensors { get; }

    /// <summary>The options of the model's recurrent layers, which its weight files record.</summary>
    public virtual ImmutableArray<RecordedOption> Options => [];

    /// <summary>Remakes one worker's share of the transposed weights that the backward pass reads.</summary>
    /// <param name="parameters">The parameter arena.</param>
    /// <param name="transposed">Receives the transposed weights.</param>
    /// <param name="worker">Which share.</param>
    /// <param name="workers">How many shares there are.</param>
    public abstract void Transpose(T* parameters, T* transposed, int worker, int workers);

    /// <summary>
    /// Runs all steps forward. Every worker of the team calls it; the barriers are inside. With targets it ends with
    /// the row losses written and, when training, the loss gradient in place of the outputs.
    /// </summary>
    /// <param name="pass">What to work on.</param>
    /// <param name="team">The team that runs the pass.</param>
    /// <param name="worker">The calling worker.</param>
    public abstract void Forward(in Pass<T> pass, WorkerTeam team, int worker);

    /// <summary>
    /// Runs the encoder, and lets the decoder's sequences start from what it ends in; a part of
    /// <see cref="Forward"/>, as <see cref="Decode"/> is the other.
    /// </summary>
    /// <param name="pass">What to work on.</param>
    /// <param name="team">The team that runs the pass.</param>
    /// <param name="worker">The calling worker.</param>
    public virtual void Encode(in Pass<T> pass, WorkerTeam team, int worker) =>
        throw new NotSupportedException("This model does not decode.");

    /// <summary>
    /// Makes of a decoder's tokens what needs nothing else (<see cref="ModelShape.TokenRuns"/>), in front of
    /// <see cref="Decode"/>, which begins once all workers have returned from it; nothing where there is no such thing.
    /// </summary>
    /// <param name="pass">What <see cref="Decode"/> is going to work on.</param>
    /// <param name="team">The team that runs the pass.</param>
    /// <param name="worker">The calling worker.</param>
    public virtual void ReadTokens(in Pass<T> pass, WorkerTeam team, int worker)
    {
    }

    /// <summary>Runs the rest of the decoder alone, from where its initial rows stand.</summary>
    /// <param name="pass">What <see cref="Encode"/> has worked on; along the decoder's axis with other rows.</param>
    /// <param name="team">The team that runs the pass.</param>
    /// <param name="worker">The calling worker.</param>
    public virtual void Decode(in Pass<T> pass, WorkerTeam team, int worker) =>
        throw new NotSupportedException("This model does not decode.");

    /// <summary>
    /// Runs all steps backward and writes every gradient to <see cref="Pass{T}.Gradients"/>, but for those of learned
    /// states (<see cref="StateBuffer.LearnedOffset"/>), which the runtime adds up from the gradients of the initial
    /// rows. Padding between them stays zero, or is not written at all: the arena must hold zeros before the first
    /// call.
    /// </summary>
    /// <param name="pass">What <see cref="Forward"/> worked on.</param>
    /// <param name="team">The team that runs the pass.</param>
    /// <param name="worker">The calling worker.</param>
    public abstract void Backward(in Pass<T> pass, WorkerTeam team, int worker);

    /// <summary>Packs the weights for streaming.</summary>
    /// <param name="parameters">The parameter arena.</param>
    /// <param name="stepWeights">Receives <see cref="ModelShape.StepWeightsLength"/> numbers.</param>
    public abstract void PrepareStep(T* parameters, T* stepWeights);

    /// <summary>Takes one token, moves the state on and returns the outputs, which lie inside the state.</summary>
    /// <param name="stepWeights">Weights packed by <see cref="PrepareStep"/>.</param>
    /// <param name="parameters">The parameter arena.</param>
    /// <param name="state">The streaming state, <see cref="ModelShape.StateLength"/> numbers.</param>
    /// <param name="token">The token, already checked.</param>
    /// <returns><see cref="ModelShape.OutputSize"/> outputs.</returns>
    public virtual T* Step(T* stepWeights, T* parameters, T* state, int token) =>
        throw new NotSupportedException("This model does not step tokens.");

    /// <summary>Takes one step's features, moves the state on and returns the outputs, inside the state.</summary>
    /// <param name="stepWeights">Weights packed by <see cref="PrepareStep"/>.</param>
    /// <param name="parameters">The parameter arena.</param>
    /// <param name="state">The streaming state, <see cref="ModelShape.StateLength"/> numbers.</param>
    /// <param name="features"><see cref="ModelShape.InputSize"/> features, unaligned and unpadded.</param>
    /// <returns><see cref="ModelShape.OutputSize"/> outputs.</returns>
    public virtual T* Step(T* stepWeights, T* parameters, T* state, T* features) =>
        throw new NotSupportedException("This model does not step features.");
}
