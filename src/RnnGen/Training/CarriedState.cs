using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>
/// The recurrent states that sequences hand on from batch to batch, by the sequences' original place in the batch.
/// </summary>
internal sealed unsafe class CarriedState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelShape _shape;

    // Per state, one after another: [Batch, Stride].
    private readonly Arena<T> _rows;

    public CarriedState(ModelShape shape)
    {
        _shape = shape;
        int length = 0;
        foreach (StateBuffer state in shape.States)
        {
            length = checked(length + shape.Batch * state.Stride);
        }

        _rows = new Arena<T>(length);
    }

    /// <summary>Lets every sequence start from zeros.</summary>
    public void Reset() => _rows.Span.Clear();

    /// <summary>Lets one sequence start from zeros.</summary>
    public void Reset(int sequence)
    {
        int offset = 0;
        foreach (StateBuffer state in _shape.States)
        {
            _rows.Span.Slice(offset + sequence * state.Stride, state.Stride).Clear();
            offset += _shape.Batch * state.Stride;
        }
    }

    /// <summary>Writes the states that the packed sequences start from into a workspace.</summary>
    public void Load(PackedBatch<T> batch, T* workspace)
    {
        T* source = _rows.Pointer;
        foreach (StateBuffer state in _shape.States)
        {
            T* initial = workspace + state.Offset;
            for (int i = 0; i < batch.Batch; i++)
            {
                Copy(source + batch.Order[i] * state.Stride, initial + i * state.Stride, state.Stride);
            }

            source += _shape.Batch * state.Stride;
        }

        GC.KeepAlive(this);
    }

    /// <summary>Takes the state of each sequence after its last step out of a workspace.</summary>
    public void Store(PackedBatch<T> batch, T* workspace)
    {
        T* target = _rows.Pointer;
        foreach (StateBuffer state in _shape.States)
        {
            T* first = workspace + state.Offset + (long)_shape.Batch * state.Stride;
            for (int i = 0; i < batch.Batch; i++)
            {
                int row = batch.StepOffset[batch.Lengths[i] - 1] + i;
                Copy(first + (long)row * state.Stride, target + batch.Order[i] * state.Stride, state.Stride);
            }

            target += _shape.Batch * state.Stride;
        }

        GC.KeepAlive(this);
    }

    /// <summary>Lets the packed sequences of a workspace start from zeros.</summary>
    public static void Clear(ModelShape shape, int batch, T* workspace)
    {
        foreach (StateBuffer state in shape.States)
        {
            new Span<T>(workspace + state.Offset, batch * state.Stride).Clear();
        }
    }

    private static void Copy(T* source, T* target, int count) =>
        new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(target, count));
}
