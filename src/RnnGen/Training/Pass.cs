using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// What one forward and backward pass works on. Rows are packed: the sequences in order of falling length, step by
/// step, so row <c>StepOffset[t] + i</c> is step t of the i-th longest sequence. Pointers stay valid for the pass.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public unsafe struct Pass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The parameter arena, <see cref="ModelShape.ParameterLength"/> numbers.</summary>
    public T* Parameters;

    /// <summary>
    /// The transposed weights, <see cref="ModelShape.TransposedLength"/> numbers; null outside training.
    /// </summary>
    public T* Transposed;

    /// <summary>Receives the gradient of every parameter, in the arena's layout; null outside training.</summary>
    public T* Gradients;

    /// <summary>
    /// The activations and their gradients, <see cref="ModelShape.WorkspaceLength"/> numbers; where neither targets are
    /// given nor a backward pass follows, <see cref="ModelShape.InferenceWorkspaceLength"/>, laid out otherwise.
    /// </summary>
    public T* Workspace;

    /// <summary>Steps of this batch: the longest of its lengths.</summary>
    public int Steps;

    /// <summary>Sequences of this batch.</summary>
    public int Batch;

    /// <summary>Packed rows of this batch: the sum of <see cref="StepRows"/>.</summary>
    public int Rows;

    /// <summary>Sequences still running at each step, <c>[Steps]</c>; never increases.</summary>
    public int* StepRows;

    /// <summary>First packed row of each step, <c>[Steps + 1]</c>; the last is <see cref="Rows"/>.</summary>
    public int* StepOffset;

    /// <summary>Steps of each sequence, <c>[Batch]</c>, longest first.</summary>
    public int* Lengths;

    /// <summary>
    /// The passes over all of <see cref="ModelShape.Axes"/>, this one among them: they differ in their rows alone.
    /// </summary>
    public Pass<T>* Axes;

    /// <summary>
    /// Of each sequence of this axis the place that it has on the first one, <c>[Batch]</c>: along every axis the
    /// longest come first.
    /// </summary>
    public int* Partners;

    /// <summary>What the pass gets from outside, in the order of <see cref="ModelShape.Feeds"/>.</summary>
    public FeedRows<T>* Feeds;

    /// <summary>Where losses go, in the order of <see cref="ModelShape.Outputs"/>.</summary>
    public HeadLosses<T>* Heads;

    /// <summary>Key of this pass's dropout masks; 0 for none.</summary>
    public ulong DropoutKey;

    /// <summary>True when targets are given and losses are wanted.</summary>
    public bool HasTargets;

    /// <summary>True when a backward pass follows, so that what it needs must be saved.</summary>
    public bool Training;
}
