using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Training;

/// <summary>
/// A batch of sequences as the kernels want it: along each axis longest first, step by step, without padding. A batch
/// that is refused is none: it must be packed anew before it can run.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe partial class PackedBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BatchLayout[] _layouts;
    private readonly FeedBuffer<T>[] _feeds;

    // Pinned: kernels read them.
    private readonly FeedRows<T>[] _rows;
    private readonly Pass<T>[] _passes;

    /// <summary>Makes room for the largest batch of a model.</summary>
    /// <param name="shape">The model's sizes.</param>
    public PackedBatch(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Shape = shape;
        _layouts = [.. shape.Axes.Select(axis => new BatchLayout(axis, shape.Batch))];
        _feeds = [.. shape.Feeds.Select(feed => new FeedBuffer<T>(feed, shape))];
        _rows = GC.AllocateArray<FeedRows<T>>(shape.Feeds.Length, pinned: true);
        _passes = GC.AllocateArray<Pass<T>>(shape.Axes.Length, pinned: true);
    }

    /// <summary>Steps of the longest sequence along the first axis.</summary>
    public int Steps => _layouts[0].Steps;

    /// <summary>Sequences.</summary>
    public int Batch => _layouts[0].Batch;

    /// <summary>Steps of all sequences together, along the first axis.</summary>
    public int Rows => _layouts[0].Rows;

    /// <summary>Original place of each packed sequence of the first axis, <c>[Batch]</c>.</summary>
    public ReadOnlySpan<int> Order => _layouts[0].Order;

    /// <summary>Steps of each packed sequence along the first axis, <c>[Batch]</c>.</summary>
    public ReadOnlySpan<int> Lengths => _layouts[0].Lengths;

    /// <summary>Sequences that run at each step of the first axis, <c>[Steps]</c>.</summary>
    public ReadOnlySpan<int> StepRows => _layouts[0].StepRows;

    /// <summary>First packed row of each step of the first axis, <c>[Steps + 1]</c>; the last is <see cref="Rows"/>.
    /// </summary>
    public ReadOnlySpan<int> StepOffset => _layouts[0].StepOffset;

    /// <summary>The sizes of the model that the batch is for.</summary>
    internal ModelShape Shape { get; }

    /// <summary>Output rows of a head: one per step of each sequence, or one per sequence.</summary>
    /// <param name="output">Which of <see cref="ModelShape.Outputs"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such head.</exception>
    public int OutputRows(int output = 0)
    {
        OutputShape head = OutputAt(output);
        BatchLayout layout = _layouts[head.Axis];
        return head.IsPerSequence ? layout.Batch : layout.Rows;
    }

    /// <summary>
    /// Packs the inputs of a model that has one. Features that are infinite or NaN are let in, and come out where they
    /// matter.
    /// </summary>
    /// <typeparam name="TInput"><see cref="int"/> for tokens, <typeparamref name="T"/> for features.</typeparam>
    /// <param name="inputs">Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, time-major.</param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>.</param>
    /// <param name="outputCount">Numbers that <see cref="Unpack(T*, Span{T})"/> will have room for.</param>
    /// <exception cref="ArgumentException">A number of values does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a length is outside its range.</exception>
    public void Pack<TInput>(ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, int outputCount)
        where TInput : unmanaged => Pack(inputs, (SequenceLengths)lengths, outputCount);

    /// <summary>
    /// Packs inputs and targets of a model that has one of each. They must be finite but for what follows a sequence's
    /// end.
    /// </summary>
    /// <typeparam name="TInput"><see cref="int"/> for tokens, <typeparamref name="T"/> for features.</typeparam>
    /// <typeparam name="TTarget"><see cref="int"/> for classes, <typeparamref name="T"/> for values.</typeparam>
    /// <param name="inputs">Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, time-major.</param>
    /// <param name="targets">
    /// Classes <c>[T, B]</c> or values <c>[T, B, O]</c>; without the T when the model gives one output per sequence.
    /// </param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>.</param>
    /// <exception cref="ArgumentException">
    /// A number of values does not fit; or a feature or wanted value is infinite or NaN.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A token, class or length is outside its range.</exception>
    public void Pack<TInput, TTarget>(
        ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, ReadOnlySpan<int> lengths)
        where TInput : unmanaged
        where TTarget : unmanaged => Pack(inputs, targets, (SequenceLengths)lengths);

    /// <summary>Points a pass at this batch.</summary>
    /// <param name="pass">The pass; its arenas, switches and heads are left alone.</param>
    /// <exception cref="InvalidOperationException">
    /// The batch was refused, or never packed; or there are targets for some losses and not for others.
    /// </exception>
    public void Describe(ref Pass<T> pass) => Describe(CheckComplete(), ref pass);

    /// <summary>Copies packed output rows to where the caller wants them, with zeros after a sequence's end.</summary>
    /// <param name="rows">The output rows of a workspace, <see cref="OutputShape.Stride"/> apart.</param>
    /// <param name="outputs">Receives <c>[T, B, O]</c>, or <c>[B, O]</c> for one output per sequence.</param>
    public void Unpack(T* rows, Span<T> outputs) => Unpack(0, rows, outputs);

    /// <summary>The head of an index.</summary>
    internal OutputShape OutputAt(int output) => (uint)output < (uint)Shape.Outputs.Length
        ? Shape.Outputs[output]
        : throw new ArgumentOutOfRangeException(
            nameof(output), output, $"The head is {output}; it must be from 0 to {Shape.Outputs.Length - 1}.");

    private void Describe(bool hasTargets, ref Pass<T> pass)
    {
        pass.HasTargets = hasTargets;
        for (int feed = 0; feed < _feeds.Length; feed++)
        {
            _rows[feed] = _feeds[feed].Rows;
        }

        pass.Feeds = (FeedRows<T>*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_rows));
        pass.Axes = (Pass<T>*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_passes));
        for (int axis = _layouts.Length - 1; axis >= 0; axis--)
        {
            DescribeRows(axis, ref pass);
            _passes[axis] = pass;
        }
    }

    private void DescribeRows(int axis, ref Pass<T> pass)
    {
        BatchLayout layout = _layouts[axis];
        pass.Steps = layout.Steps;
        pass.Batch = layout.Batch;
        pass.Rows = layout.Rows;
        pass.StepRows = layout.StepRowsPointer;
        pass.StepOffset = layout.StepOffsetPointer;
        pass.Lengths = layout.LengthsPointer;
        if (_layouts.Length > 1)
        {
            layout.Pair(_layouts[0]);
        }

        pass.Partners = layout.PartnersPointer;
    }

    // True with targets, false without.
    private bool CheckComplete()
    {
        int targets = 0;
        int given = 0;
        for (int feed = 0; feed < _feeds.Length; feed++)
        {
            bool isTarget = Shape.Feeds[feed].IsTarget;
            if (!isTarget && !_feeds[feed].IsWritten)
            {
                throw new InvalidOperationException(
                    $"There is no batch to run: '{Shape.Feeds[feed].Name}' was refused, or not given.");
            }

            targets += isTarget ? 1 : 0;
            given += isTarget && _feeds[feed].IsWritten ? 1 : 0;
        }

        return given == 0 || given == targets
            ? given > 0
            : throw new InvalidOperationException(
                $"There are targets for {given} of {targets} losses; there must be targets for all.");
    }
}
