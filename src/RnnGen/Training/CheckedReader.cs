using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>A reader, which may be the user's own, held to what it promises.</summary>
internal sealed class CheckedReader<TInput, TTarget>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    private readonly SequenceReader<TInput, TTarget> _reader;
    private readonly string _role;
    private int _read;

    public CheckedReader(SequenceData<TInput, TTarget> data, ModelShape shape, DataRole role)
    {
        _role = role.Name();
        _reader = data.Open(shape, role);
        BatchCount = Count();
    }

    /// <summary>Batches of this epoch.</summary>
    public int BatchCount { get; private set; }

    public void Restart(CounterRandom? order)
    {
        _reader.Restart(order);
        _read = 0;
        BatchCount = Count();
    }

    public bool Read(SequenceBatch<TInput, TTarget> batch)
    {
        if (!_reader.Read(batch))
        {
            return _read == BatchCount
                ? false
                : throw Fault(
                    $"ended after {Quantity.Of(_read, "batch", "batches")}, but its BatchCount is {BatchCount}");
        }

        if (_read == BatchCount)
        {
            throw Fault($"goes on after the {Quantity.Of(BatchCount, "batch", "batches")} of its BatchCount");
        }

        _read++;
        return batch.Sequences > 0 ? true : throw Fault("gave a batch without a call of Resize");
    }

    /// <summary>What the model says about the last batch, with where it came from.</summary>
    public ArgumentException Refused(ArgumentException reason) => new(
        $"Batch {_read} of {_role}, given by {_reader.GetType().Name}, does not fit: {reason.Message}", _role, reason);

    private int Count()
    {
        int count = _reader.BatchCount;
        return count >= 1 ? count : throw Fault($"has a BatchCount of {count}; there must be 1 batch or more");
    }

    private InvalidOperationException Fault(string fault) =>
        new($"The reader of {_role}, {_reader.GetType().Name}, {fault}.");
}
