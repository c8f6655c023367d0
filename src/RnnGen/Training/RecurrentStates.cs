using System.Collections.Immutable;
using System.Numerics;
using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// The states of all recurrent layers for some sequences, in the order of the caller: what sequences start from
/// (PyTorch's <c>h_0</c> and <c>c_0</c>) or what they end in (<c>h_n</c>, <c>c_n</c>). They are made by a model's
/// <c>CreateStates</c>, with zeros or the layers' learned states (<see cref="RecurrentAttribute.LearnedState"/>), and
/// may be given to every model whose states have the same names and sizes. No two threads may use them at the same
/// time, unless none of them writes.
/// </summary>
/// <remarks>
/// A tensor is called after layer and state, for instance <c>lstm.hidden</c> and <c>lstm.cell</c>. Its shape is
/// <c>[L·D, B, H]</c>: L layers, each with the direction from the start and then, where it is bidirectional, the one
/// from the end; B sequences; H units.
/// </remarks>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class RecurrentStates<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelShape _shape;
    private readonly ImmutableArray<StateTensor> _tensors;

    // One tensor behind the other.
    private readonly T[] _numbers;

    // Where each of the shape's states starts in the numbers: rows of its size, one per sequence.
    private readonly int[] _starts;

    // Of each sequence whether a batch has left its end here; null where the states are given, whatever they are.
    private readonly bool[]? _begun;

    internal RecurrentStates(ModelShape shape, int sequences, bool areCarried = false)
    {
        _shape = shape;
        _begun = areCarried ? new bool[sequences] : null;
        _tensors = StateTensor.All(shape);
        Sequences = sequences;
        Names = [.. _tensors.Select(tensor => tensor.Name)];
        _starts = new int[shape.States.Length];
        int start = 0;
        foreach (StateTensor tensor in _tensors)
        {
            for (int i = 0; i < _starts.Length; i++)
            {
                StateBuffer state = shape.States[i];
                _starts[i] = state.FullName == tensor.Name ? start + state.Place * sequences * state.Size : _starts[i];
            }

            start = checked(start + tensor.Length(sequences));
        }

        _numbers = new T[start];
    }

    /// <summary>How many sequences the states are of: B.</summary>
    public int Sequences { get; }

    /// <summary>What there is, in the order of the layers; nothing where no layer is recurrent.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The shape of a tensor, <c>[L·D, B, H]</c>.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public ImmutableArray<int> ShapeOf(string name)
    {
        var tensor = StateTensor.Find(_shape, name);
        return [tensor.Places, Sequences, tensor.Size];
    }

    /// <summary>A copy of a tensor, <c>[L·D, B, H]</c>, last dimension fastest.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public T[] Get(string name) => Numbers(StateTensor.Find(_shape, name)).ToArray();

    /// <summary>Overwrites a tensor.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="values">Its numbers <c>[L·D, B, H]</c>, last dimension fastest.</param>
    /// <exception cref="ArgumentException">There is none of that name, or its numbers are more or fewer.</exception>
    public void Set(string name, ReadOnlySpan<T> values)
    {
        var tensor = StateTensor.Find(_shape, name);
        tensor.CheckCount(values.Length, Sequences);
        values.CopyTo(Numbers(tensor));
    }

    /// <summary>Makes all states zeros, those of layers with learned states, too.</summary>
    public void Clear()
    {
        Array.Clear(_numbers);
        _begun.AsSpan().Clear();
    }

    /// <summary>Makes the states of one sequence zeros, those of layers with learned states, too.</summary>
    /// <param name="sequence">From 0 to <see cref="Sequences"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
    public void Clear(int sequence)
    {
        CheckSequence(sequence);
        for (int i = 0; i < _starts.Length; i++)
        {
            Row(i, sequence).Clear();
        }

        if (_begun is not null)
        {
            _begun[sequence] = false;
        }
    }

    /// <summary>Takes over where a stream stands, as the states of one sequence.</summary>
    /// <param name="stream">The stream, which stays as it is.</param>
    /// <param name="sequence">From 0 to <see cref="Sequences"/> − 1.</param>
    /// <exception cref="ArgumentException">The stream's model has other states.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
    /// <exception cref="ObjectDisposedException">The stream was disposed.</exception>
    public void CopyFrom(StreamState<T> stream, int sequence = 0)
    {
        ModelShape shape = CheckStream(stream, sequence);
        for (int i = 0; i < _starts.Length; i++)
        {
            stream.StateAt(shape.States[i]).CopyTo(Row(i, sequence));
        }
    }

    /// <summary>
    /// Lets a stream go on from the states of one sequence. What else the stream remembers, a mean or maximum so far,
    /// stays.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="sequence">From 0 to <see cref="Sequences"/> − 1.</param>
    /// <exception cref="ArgumentException">
    /// The stream's model has other states; or one is infinite or NaN, which the stream refuses
    /// (<see cref="StreamState{T}.RefuseNonFinite"/>).
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
    /// <exception cref="ObjectDisposedException">The stream was disposed.</exception>
    public void CopyTo(StreamState<T> stream, int sequence = 0)
    {
        ModelShape shape = CheckStream(stream, sequence);
        if (stream.RefuseNonFinite)
        {
            CheckFinite(null, "a stream with RefuseNonFinite", sequence, sequence + 1);
        }

        for (int i = 0; i < _starts.Length; i++)
        {
            Row(i, sequence).CopyTo(stream.StateAt(shape.States[i]));
        }
    }

    private Span<T> Numbers(StateTensor tensor)
    {
        int start = 0;
        foreach (StateTensor other in _tensors)
        {
            if (other.Name == tensor.Name)
            {
                break;
            }

            start += other.Length(Sequences);
        }

        return _numbers.AsSpan(start, tensor.Length(Sequences));
    }

    private Span<T> Row(int state, int sequence)
    {
        int size = _shape.States[state].Size;
        return _numbers.AsSpan(_starts[state] + sequence * size, size);
    }

    private ModelShape CheckStream(StreamState<T> stream, int sequence)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ObjectDisposedException.ThrowIf(stream.Model is null, stream);
        CheckLayout(stream.Model.Shape, nameof(stream));
        CheckSequence(sequence);
        return stream.Model.Shape;
    }

    private void CheckSequence(int sequence)
    {
        if ((uint)sequence >= (uint)Sequences)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sequence), sequence, $"The sequence is {sequence}; it must be from 0 to {Sequences - 1}.");
        }
    }
}
