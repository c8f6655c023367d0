using System.Numerics;
using System.Runtime.InteropServices;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>
/// A batch of sequences as the kernels want it: longest first, step by step, without padding. Everything is checked
/// before anything is written.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe partial class PackedBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelShape _shape;
    private readonly BatchLayout _layout;
    private readonly int[] _tokens;
    private readonly Arena<T> _features;
    private int[] _targetClasses = [];
    private Arena<T> _targetValues = new(0);
    private bool _hasTargets;
    private bool _targetsAreClasses;

    /// <summary>Makes room for the largest batch of a model.</summary>
    /// <param name="shape">The model's sizes.</param>
    public PackedBatch(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
        _layout = new BatchLayout(shape.Steps, shape.Batch);
        _tokens = BatchLayout.Pinned(shape.Vocabulary > 0 ? shape.Steps * shape.Batch : 0);
        _features = new Arena<T>(checked(shape.Steps * shape.Batch * shape.InputSize));
    }

    /// <summary>Steps of the longest sequence.</summary>
    public int Steps => _layout.Steps;

    /// <summary>Sequences.</summary>
    public int Batch => _layout.Batch;

    /// <summary>Steps of all sequences together.</summary>
    public int Rows => _layout.Rows;

    /// <summary>Output rows: one per step of each sequence, or one per sequence.</summary>
    public int OutputRows => _shape.OutputPerSequence ? Batch : Rows;

    /// <summary>The sizes of the model that the batch is for.</summary>
    internal ModelShape Shape => _shape;

    /// <summary>Original place of each packed sequence, <c>[Batch]</c>.</summary>
    public ReadOnlySpan<int> Order => _layout.Order;

    /// <summary>Steps of each packed sequence, <c>[Batch]</c>.</summary>
    public ReadOnlySpan<int> Lengths => _layout.Lengths;

    /// <summary>Sequences that run at each step, <c>[Steps]</c>.</summary>
    public ReadOnlySpan<int> StepRows => _layout.StepRows;

    /// <summary>First packed row of each step, <c>[Steps + 1]</c>; the last is <see cref="Rows"/>.</summary>
    public ReadOnlySpan<int> StepOffset => _layout.StepOffset;

    /// <summary>
    /// Packs inputs without targets. Features that are infinite or NaN are let in, and come out where they matter.
    /// </summary>
    /// <typeparam name="TInput"><see cref="int"/> for tokens, <typeparamref name="T"/> for features.</typeparam>
    /// <param name="inputs">Tokens <c>[T, B]</c> or features <c>[T, B, F]</c>, time-major.</param>
    /// <param name="lengths">Steps of each sequence <c>[B]</c>.</param>
    /// <param name="outputCount">Numbers that <see cref="Unpack"/> will have room for.</param>
    /// <exception cref="ArgumentException">A number of values does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token or a length is outside its range.</exception>
    public void Pack<TInput>(ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, int outputCount)
        where TInput : unmanaged => Pack(inputs, (SequenceLengths)lengths, outputCount);

    /// <summary>Packs inputs and targets, which must be finite but for what follows a sequence's end.</summary>
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
    /// <param name="pass">The pass; its arenas and switches are left alone.</param>
    public void Describe(ref Pass<T> pass)
    {
        pass.Steps = Steps;
        pass.Batch = Batch;
        pass.Rows = Rows;
        pass.StepRows = _layout.StepRowsPointer;
        pass.StepOffset = _layout.StepOffsetPointer;
        pass.Lengths = _layout.LengthsPointer;
        pass.Tokens = _shape.Vocabulary > 0 ? BatchLayout.PointerTo(_tokens) : null;
        pass.Features = _shape.Vocabulary > 0 ? null : _features.Pointer;
        pass.HasTargets = _hasTargets;
        pass.TargetClasses = _hasTargets && _targetsAreClasses ? BatchLayout.PointerTo(_targetClasses) : null;
        pass.TargetValues = _hasTargets && !_targetsAreClasses ? _targetValues.Pointer : null;
        pass.GradientScale = T.One / T.CreateTruncating(OutputRows);
    }

    /// <summary>Copies packed output rows to where the caller wants them, with zeros after a sequence's end.</summary>
    /// <param name="rows">The output rows of a workspace, <see cref="ModelShape.OutputStride"/> apart.</param>
    /// <param name="outputs">Receives <c>[T, B, O]</c>, or <c>[B, O]</c> for one output per sequence.</param>
    public void Unpack(T* rows, Span<T> outputs)
    {
        int size = _shape.OutputSize;
        ReadOnlySpan<int> order = Order;
        if (_shape.OutputPerSequence)
        {
            UnpackRows(rows, order, outputs);
            return;
        }

        if (Rows < _layout.GivenSteps * Batch)
        {
            outputs.Clear();
        }

        for (int step = 0; step < Steps; step++)
        {
            T* first = rows + (long)StepOffset[step] * _shape.OutputStride;
            UnpackRows(first, order[..StepRows[step]], outputs.Slice(step * Batch * size, Batch * size));
        }
    }

    internal void Pack<TInput>(ReadOnlySpan<TInput> inputs, SequenceLengths lengths, int outputCount)
        where TInput : unmanaged
    {
        CheckKind<TInput>(_shape.Vocabulary > 0, nameof(inputs));
        int steps = _layout.Check(inputs.Length, _shape.InputWidth, lengths);
        CheckOutputCount(outputCount, lengths.Count, steps, _shape.OutputSize, "outputs");
        CheckTokens(inputs, lengths.Count, steps, lengths.Each);
        _layout.Arrange(lengths.Count, steps, lengths.Each);
        _hasTargets = false;
        WriteInputs(inputs);
    }

    internal void Pack<TInput, TTarget>(
        ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, SequenceLengths lengths)
        where TInput : unmanaged
        where TTarget : unmanaged
    {
        CheckKind<TInput>(_shape.Vocabulary > 0, nameof(inputs));
        CheckKind<TTarget>(typeof(TTarget) == typeof(int), nameof(targets));
        int steps = _layout.Check(inputs.Length, _shape.InputWidth, lengths);
        CheckTokens(inputs, lengths.Count, steps, lengths.Each);
        CheckNumbers(inputs, lengths.Count, lengths.Each);
        CheckTargets(targets, lengths.Count, steps, lengths.Each);
        _layout.Arrange(lengths.Count, steps, lengths.Each);
        _hasTargets = true;
        WriteInputs(inputs);
        WriteTargets(targets);
    }

    private void UnpackRows(T* rows, ReadOnlySpan<int> order, Span<T> outputs)
    {
        int size = _shape.OutputSize;
        for (int i = 0; i < order.Length; i++)
        {
            var row = new ReadOnlySpan<T>(rows + (long)i * _shape.OutputStride, size);
            row.CopyTo(outputs.Slice(order[i] * size, size));
        }
    }

    private void WriteInputs<TInput>(ReadOnlySpan<TInput> inputs)
        where TInput : unmanaged
    {
        if (typeof(TInput) == typeof(int))
        {
            PackSteps(MemoryMarshal.Cast<TInput, int>(inputs), _tokens, 1);
        }
        else
        {
            PackSteps(MemoryMarshal.Cast<TInput, T>(inputs), _features.Span, _shape.InputSize);
        }
    }

    private void WriteTargets<TTarget>(ReadOnlySpan<TTarget> targets)
        where TTarget : unmanaged
    {
        _targetsAreClasses = typeof(TTarget) == typeof(int);
        int most = _shape.Batch * (_shape.OutputPerSequence ? 1 : _shape.Steps);
        if (_targetsAreClasses)
        {
            _targetClasses = _targetClasses.Length == most ? _targetClasses : BatchLayout.Pinned(most);
            PackOutputs(MemoryMarshal.Cast<TTarget, int>(targets), _targetClasses, 1);
        }
        else
        {
            int size = _shape.OutputSize;
            _targetValues = _targetValues.Length == most * size ? _targetValues : new Arena<T>(most * size);
            PackOutputs(MemoryMarshal.Cast<TTarget, T>(targets), _targetValues.Span, size);
        }
    }

    private void PackOutputs<TValue>(ReadOnlySpan<TValue> values, Span<TValue> packed, int width)
    {
        if (_shape.OutputPerSequence)
        {
            PackRows(values, packed, width, Batch);
        }
        else
        {
            PackSteps(values, packed, width);
        }
    }

    private void PackSteps<TValue>(ReadOnlySpan<TValue> values, Span<TValue> packed, int width)
    {
        for (int step = 0; step < Steps; step++)
        {
            PackRows(values[(step * Batch * width)..], packed[(StepOffset[step] * width)..], width, StepRows[step]);
        }
    }

    private void PackRows<TValue>(ReadOnlySpan<TValue> values, Span<TValue> packed, int width, int rows)
    {
        if (_layout.InOrder)
        {
            values[..(rows * width)].CopyTo(packed);
            return;
        }

        ReadOnlySpan<int> order = Order;
        if (width == 1)
        {
            for (int i = 0; i < rows; i++)
            {
                packed[i] = values[order[i]];
            }

            return;
        }

        for (int i = 0; i < rows; i++)
        {
            values.Slice(order[i] * width, width).CopyTo(packed[(i * width)..]);
        }
    }
}
