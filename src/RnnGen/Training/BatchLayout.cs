using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Training;

/// <summary>
/// How the sequences of a batch are packed: longest first, equal lengths in their original order, then step by step, so
/// that the rows of a step are those of the sequences that still run.
/// </summary>
internal sealed unsafe class BatchLayout
{
    private readonly AxisShape _axis;
    private readonly int _maxBatch;

    // Pinned, so that the kernels may hold pointers; as long as this object lives the arrays do.
    private readonly int[] _order;
    private readonly int[] _lengths;
    private readonly int[] _stepRows;
    private readonly int[] _stepOffset;
    private readonly int[] _firstOfLength;
    private readonly int[] _givenLengths;
    private readonly int[] _places;
    private readonly int[] _partners;
    private bool _isPaired;

    public BatchLayout(AxisShape axis, int maxBatch)
    {
        int maxSteps = axis.Steps;
        _axis = axis;
        _maxBatch = maxBatch;
        _order = Pinned(maxBatch);
        _lengths = Pinned(maxBatch);
        _stepRows = Pinned(maxSteps);
        _stepOffset = Pinned(maxSteps + 1);
        _firstOfLength = new int[maxSteps + 1];
        _givenLengths = new int[maxBatch];
        _places = new int[maxBatch];
        _partners = Pinned(maxBatch);
    }

    /// <summary>The axis that the sequences follow.</summary>
    public AxisShape Axis => _axis;

    /// <summary>Steps of the longest sequence.</summary>
    public int Steps { get; private set; }

    /// <summary>Sequences.</summary>
    public int Batch { get; private set; }

    /// <summary>Steps of all sequences together.</summary>
    public int Rows { get; private set; }

    /// <summary>Steps of the arrays that were given, of which the longest sequence may use fewer.</summary>
    public int GivenSteps { get; private set; }

    /// <summary>How rows that are given and taken follow one another.</summary>
    public SequenceOrder Memory { get; private set; }

    /// <summary>True when packed and original order are the same.</summary>
    public bool InOrder { get; private set; }

    /// <summary>Original place of each packed sequence.</summary>
    public ReadOnlySpan<int> Order => _order.AsSpan(0, Batch);

    /// <summary>Steps of each packed sequence.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Batch);

    /// <summary>Sequences that run at each step.</summary>
    public ReadOnlySpan<int> StepRows => _stepRows.AsSpan(0, Steps);

    /// <summary>Steps of each sequence in the order in which they were given.</summary>
    public ReadOnlySpan<int> GivenLengths => _givenLengths.AsSpan(0, Batch);

    /// <summary>First packed row of each step, and at the end the number of rows.</summary>
    public ReadOnlySpan<int> StepOffset => _stepOffset.AsSpan(0, Steps + 1);

    public int* LengthsPointer => PointerTo(_lengths);

    public int* StepRowsPointer => PointerTo(_stepRows);

    public int* StepOffsetPointer => PointerTo(_stepOffset);

    public int* PartnersPointer => PointerTo(_partners);

    public static int[] Pinned(int length) => GC.AllocateArray<int>(length, pinned: true);

    public static int* PointerTo(int[] pinned) =>
        (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    /// <summary>Checks the sequences against the number of inputs; changes nothing.</summary>
    /// <returns>The steps that there are inputs for.</returns>
    /// <param name="inputCount">Numbers of the input whose rows follow this axis.</param>
    /// <param name="inputWidth">Numbers of one of its rows.</param>
    /// <param name="lengths">Sequences.</param>
    /// <param name="name">What the input is called.</param>
    public int Check(int inputCount, int inputWidth, SequenceLengths lengths, string name)
    {
        CheckCount(lengths);
        long step = (long)lengths.Count * inputWidth;
        long steps = inputCount / step;
        if (inputCount % step != 0 || steps < 1 || steps > _axis.Steps)
        {
            string sequences = lengths.Count == 1 ? "one sequence" : $"{lengths.Count} sequences";
            throw new ArgumentException(
                $"There are {inputCount} {name}; with {sequences} and {inputWidth} per step there must be {step} times "
                + $"a number of steps from 1 to {_axis.Steps}.",
                name);
        }

        ReadOnlySpan<int> each = lengths.Each;
        for (int i = 0; i < each.Length; i++)
        {
            if (each[i] < 1 || each[i] > steps)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(lengths), each[i], $"lengths[{i}] is {each[i]}; it must be from 1 to {steps}.");
            }
        }

        return (int)steps;
    }

    /// <summary>Forgets the sequences.</summary>
    public void Clear() => (Batch, Steps, Rows, GivenSteps) = (0, 0, 0, 0);

    /// <summary>Which row in the caller's memory belongs to a step of a sequence.</summary>
    public int RowOf(int step, int sequence) =>
        Memory == SequenceOrder.TimeMajor ? step * Batch + sequence : sequence * GivenSteps + step;

    /// <summary>The step and the sequence that a row in the caller's memory belongs to.</summary>
    public (int Step, int Sequence) PlaceOf(int row) =>
        Memory == SequenceOrder.TimeMajor ? (row / Batch, row % Batch) : (row % GivenSteps, row / GivenSteps);

    /// <summary>Lays out a checked batch.</summary>
    public void Arrange(int batch, int steps, ReadOnlySpan<int> lengths, SequenceOrder memory)
    {
        _isPaired = false;
        Memory = memory;
        Batch = batch;
        GivenSteps = steps;
        lengths.CopyTo(_givenLengths);
        if (lengths.IsEmpty)
        {
            ArrangeEqual(batch, steps);
        }
        else
        {
            ArrangeByLength(lengths, steps);
        }

        int rows = 0;
        int running = batch;
        for (int step = 0; step < Steps; step++)
        {
            while (_lengths[running - 1] <= step)
            {
                running--;
            }

            _stepRows[step] = running;
            _stepOffset[step] = rows;
            rows += running;
        }

        _stepOffset[Steps] = rows;
        Rows = rows;
    }

    /// <summary>
    /// Lays out one step of some sequences that have partners of their own choice along the first axis.
    /// </summary>
    /// <param name="partners">Of each sequence its packed place there; several may share one.</param>
    public void ArrangeStep(ReadOnlySpan<int> partners)
    {
        Arrange(partners.Length, 1, [], SequenceOrder.TimeMajor);
        partners.CopyTo(_partners);
        _isPaired = true;
    }

    /// <summary>Finds the place of each packed sequence along another axis.</summary>
    public void Pair(BatchLayout other)
    {
        if (_isPaired)
        {
            return;
        }

        if (other.Batch != Batch)
        {
            throw new ArgumentException(
                $"{Quantity.There(Batch, "sequence")} of {_axis.Name} and {other.Batch} of {other.Axis.Name}; "
                + "there must be as many of both.",
                _axis.Name);
        }

        for (int i = 0; i < Batch; i++)
        {
            _places[other._order[i]] = i;
        }

        for (int i = 0; i < Batch; i++)
        {
            _partners[i] = _places[_order[i]];
        }
    }

    /// <summary>Takes over what another layout of the same axis holds.</summary>
    public void CopyFrom(BatchLayout other)
    {
        (Batch, Steps, Rows, GivenSteps, InOrder, Memory) =
            (other.Batch, other.Steps, other.Rows, other.GivenSteps, other.InOrder, other.Memory);
        _isPaired = false;
        other.Order.CopyTo(_order);
        other.Lengths.CopyTo(_lengths);
        other.GivenLengths.CopyTo(_givenLengths);
        other.StepRows.CopyTo(_stepRows);
        other.StepOffset.CopyTo(_stepOffset);
    }

    // No lengths at all would have to mean something, and whatever it meant, somebody would mean something else.
    private void CheckCount(SequenceLengths lengths)
    {
        if (lengths.AreEqual)
        {
            if (lengths.Count < 1 || lengths.Count > _maxBatch)
            {
                throw new ArgumentOutOfRangeException(
                    "sequences",
                    lengths.Count,
                    $"There are {lengths.Count} sequences; a batch has from 1 to {_maxBatch}.");
            }
        }
        else if (lengths.Count == 0)
        {
            throw new ArgumentException(
                $"There are no lengths; each of the 1 to {_maxBatch} sequences must have one. Where all have the same "
                + "steps, give their number instead: the overload that takes 'int sequences'. "
                + "Forward(inputs, outputs) runs one sequence.",
                nameof(lengths));
        }
        else if (lengths.Count > _maxBatch)
        {
            throw new ArgumentException(
                $"There are {lengths.Count} lengths; a batch has from 1 to {_maxBatch} sequences.", nameof(lengths));
        }
    }

    private void ArrangeEqual(int batch, int steps)
    {
        Steps = steps;
        InOrder = true;
        for (int i = 0; i < batch; i++)
        {
            _order[i] = i;
            _lengths[i] = steps;
            _givenLengths[i] = steps;
        }
    }

    // A counting sort: stable, and without allocation.
    private void ArrangeByLength(ReadOnlySpan<int> lengths, int steps)
    {
        Span<int> first = _firstOfLength.AsSpan(0, steps + 1);
        first.Clear();
        foreach (int length in lengths)
        {
            first[length]++;
        }

        int place = 0;
        for (int length = steps; length >= 1; length--)
        {
            int count = first[length];
            first[length] = place;
            place += count;
        }

        InOrder = true;
        for (int i = 0; i < lengths.Length; i++)
        {
            int packed = first[lengths[i]]++;
            InOrder &= packed == i;
            _order[packed] = i;
            _lengths[packed] = lengths[i];
        }

        Steps = _lengths[0];
    }
}
