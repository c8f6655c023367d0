using System.Numerics;
using System.Runtime.InteropServices;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>The memory of one feed, in which its rows are packed as its axis is laid out.</summary>
internal sealed unsafe class FeedBuffer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FeedShape _feed;
    private readonly int _mostRows;
    private int[] _indices = [];
    private Arena<T> _values = new(0);

    public FeedBuffer(FeedShape feed, ModelShape shape)
    {
        _feed = feed;
        _mostRows = checked(shape.Batch * (feed.IsPerSequence ? 1 : shape.Axes[feed.Axis].Steps));
    }

    /// <summary>Whether it holds what the batch needs of it.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>Room for the most rows, the packed ones first.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>The same, to be changed.</summary>
    public Span<int> Writable => _indices;

    /// <inheritdoc cref="Indices"/>
    public ReadOnlySpan<T> Values => _values.Span;

    /// <summary>Where kernels find the rows.</summary>
    public FeedRows<T> Rows => !IsWritten ? default : new FeedRows<T>
    {
        Indices = _feed.HasIndices ? BatchLayout.PointerTo(_indices) : null,
        Values = _feed.HasIndices ? null : _values.Pointer,
    };

    /// <summary>Forgets the last batch.</summary>
    public void Clear() => IsWritten = false;

    /// <summary>Packs the rows of a batch.</summary>
    public void Write<TValue>(ReadOnlySpan<TValue> values, BatchLayout layout)
        where TValue : unmanaged
    {
        // Targets only where they are given: who runs a model alone has no memory for them.
        if (_feed.HasIndices)
        {
            _indices = _indices.Length == _mostRows ? _indices : BatchLayout.Pinned(_mostRows);
            Pack(MemoryMarshal.Cast<TValue, int>(values), _indices, layout);
        }
        else
        {
            int length = checked(_mostRows * _feed.Width);
            _values = _values.Length == length ? _values : new Arena<T>(length);
            Pack(MemoryMarshal.Cast<TValue, T>(values), _values.Span, layout);
        }

        IsWritten = true;
    }

    /// <summary>Makes the rows those of another feed, one step later, behind a first one.</summary>
    public void WriteShifted(FeedBuffer<T> other, int start, BatchLayout layout)
    {
        _indices = _indices.Length == _mostRows ? _indices : BatchLayout.Pinned(_mostRows);
        _indices.AsSpan(0, layout.StepRows[0]).Fill(start);
        for (int step = 1; step < layout.Steps; step++)
        {
            other._indices.AsSpan(layout.StepOffset[step - 1], layout.StepRows[step])
                .CopyTo(_indices.AsSpan(layout.StepOffset[step]));
        }

        IsWritten = true;
    }

    /// <summary>Takes over the rows of another buffer of the same feed.</summary>
    public void CopyFrom(FeedBuffer<T> other, BatchLayout layout)
    {
        IsWritten = other.IsWritten;
        if (!IsWritten)
        {
            return;
        }

        int rows = _feed.IsPerSequence ? layout.Batch : layout.Rows;
        if (_feed.HasIndices)
        {
            _indices = _indices.Length == _mostRows ? _indices : BatchLayout.Pinned(_mostRows);
            other._indices.AsSpan(0, rows).CopyTo(_indices);
        }
        else
        {
            _values = _values.Length == other._values.Length ? _values : new Arena<T>(other._values.Length);
            other._values.Span[..(rows * _feed.Width)].CopyTo(_values.Span);
        }
    }

    private void Pack<TValue>(ReadOnlySpan<TValue> values, Span<TValue> packed, BatchLayout layout)
    {
        int width = _feed.Width;
        if (_feed.IsPerSequence)
        {
            PackRows(values, packed, layout, layout.Batch, 1);
            return;
        }

        bool isTimeMajor = layout.Memory == SequenceOrder.TimeMajor;
        for (int step = 0; step < layout.Steps; step++)
        {
            PackRows(
                values[(layout.RowOf(step, 0) * width)..],
                packed[(layout.StepOffset[step] * width)..],
                layout,
                layout.StepRows[step],
                isTimeMajor ? 1 : layout.GivenSteps);
        }
    }

    // Rows of sequences, each so many rows behind the one before.
    private void PackRows<TValue>(
        ReadOnlySpan<TValue> values, Span<TValue> packed, BatchLayout layout, int rows, int distance)
    {
        int width = _feed.Width;
        if (layout.InOrder && distance == 1)
        {
            values[..(rows * width)].CopyTo(packed);
            return;
        }

        ReadOnlySpan<int> order = layout.Order;
        if (width == 1)
        {
            for (int i = 0; i < rows; i++)
            {
                packed[i] = values[order[i] * distance];
            }

            return;
        }

        for (int i = 0; i < rows; i++)
        {
            values.Slice(order[i] * distance * width, width).CopyTo(packed[(i * width)..]);
        }
    }
}
