using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Training;

/// <summary>Batches of sequences with their targets, for models of one input and one loss.</summary>
internal sealed class SequenceSource<T, TInput, TTarget> : BatchSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInput : unmanaged
    where TTarget : unmanaged
{
    private readonly CheckedReader<TInput, TTarget> _reader;

    // Readers see one batch from first to last: they may fill parts of it once.
    private readonly SequenceBatch<TInput, TTarget> _batch;

    public SequenceSource(
        SequenceData<TInput, TTarget> data, ModelShape shape, DataRole role, SequenceBatch<TInput, TTarget> batch)
    {
        CarriesState = data.CarriesState;
        _reader = new CheckedReader<TInput, TTarget>(data, shape, role);
        _batch = batch;
    }

    public override bool CarriesState { get; }

    public override int BatchCount => _reader.BatchCount;

    public override void Restart(CounterRandom? order) => _reader.Restart(order);

    public override bool Read(PackedBatch<T> batch)
    {
        if (!_reader.Read(_batch))
        {
            return false;
        }

        try
        {
            batch.Pack<TInput, TTarget>(_batch.Inputs, _batch.Targets, (SequenceLengths)_batch.Lengths);
            return true;
        }
        catch (ArgumentException exception)
        {
            throw _reader.Refused(exception);
        }
    }
}
