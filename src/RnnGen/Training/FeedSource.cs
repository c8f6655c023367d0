using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>Batches of any number of feeds; the reader, which may be the user's own, is held to what it promises.
/// </summary>
internal sealed class FeedSource<T> : BatchSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelShape _shape;
    private readonly FeedReader<T> _reader;
    private readonly FeedBatch<T> _batch;
    private readonly string _role;
    private int _read;
    private int _batchCount;

    public FeedSource(FeedData<T> data, ModelShape shape, DataRole role, FeedBatch<T> batch)
    {
        _shape = shape;
        _role = role.Name();
        _batch = batch;
        CarriesState = data.CarriesState;
        try
        {
            _reader = data.Open(shape)
                ?? throw new InvalidOperationException($"{data.GetType().Name}.Open gave no reader for {_role}.");
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"{_role}, of {data.GetType().Name}, does not fit the model: {exception.Message}", _role, exception);
        }

        _batchCount = Count();
    }

    public override bool CarriesState { get; }

    public override int BatchCount => _batchCount;

    public override void Restart(CounterRandom? order)
    {
        _reader.Restart(order);
        _read = 0;
        _batchCount = Count();
    }

    public override bool Read(PackedBatch<T> batch)
    {
        if (!_reader.Read(_batch))
        {
            return _read == BatchCount
                ? false
                : throw Fault(
                    $"ended after {Quantity.Of(_read, "batch", "batches")}, but its BatchCount is {BatchCount}");
        }

        if (_read++ == BatchCount)
        {
            throw Fault($"goes on after the {Quantity.Of(BatchCount, "batch", "batches")} of its BatchCount");
        }

        if (_batch.Sequences == 0)
        {
            throw Fault("gave a batch without a call of Resize");
        }

        try
        {
            Pack(batch);
            return true;
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"Batch {_read} of {_role}, given by {_reader.GetType().Name}, does not fit: {exception.Message}",
                _role,
                exception);
        }
    }

    private void Pack(PackedBatch<T> batch)
    {
        batch.Clear();
        Span<bool> arranged = stackalloc bool[_shape.Axes.Length];
        for (int feed = 0; feed < _shape.Feeds.Length; feed++)
        {
            FeedShape shape = _shape.Feeds[feed];
            int count = shape.HasIndices ? _batch.Indices(feed).Length : _batch.Values(feed).Length;
            if (!arranged[shape.Axis])
            {
                batch.Arrange(feed, count, _batch.Lengths(shape.Axis), shape.Name);
                arranged[shape.Axis] = true;
            }

            if (shape.HasIndices)
            {
                batch.Write<int>(feed, _batch.Indices(feed), shape.Name, areFinite: true);
            }
            else
            {
                batch.Write<T>(feed, _batch.Values(feed), shape.Name, areFinite: true);
            }
        }
    }

    private int Count()
    {
        int count = _reader.BatchCount;
        return count >= 1 ? count : throw Fault($"has a BatchCount of {count}; there must be 1 batch or more");
    }

    private InvalidOperationException Fault(string fault) =>
        new($"The reader of {_role}, {_reader.GetType().Name}, {fault}.");
}
