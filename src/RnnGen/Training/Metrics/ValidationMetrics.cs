using System.Collections.Immutable;
using System.Numerics;

namespace RnnGen.Training;

/// <summary>
/// The metrics of one call of Fit: begun before the validation data is gone through, and given each of its batches.
/// </summary>
internal sealed class ValidationMetrics<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelTrainer<T> _trainer;
    private readonly ImmutableArray<MetricPlace> _places;
    private readonly TokenAccumulator[] _accumulators;
    private readonly BatchDecoder<T>? _decoder;
    private readonly int[] _heads;
    private readonly int[] _packedPlaces;
    private readonly int[] _hypothesis;
    private readonly int[] _reference;

    public ValidationMetrics(ModelTrainer<T> trainer)
    {
        ModelShape shape = trainer.Model.Shape;
        int mostSteps = shape.Axes.Max(axis => axis.Steps);
        _trainer = trainer;
        _places = trainer.MetricPlaces;
        _accumulators = new TokenAccumulator[_places.Length];
        _decoder = _places.Any(place => place.Head is null)
            ? new BatchDecoder<T>(trainer.Model, trainer.Options.Decoding ?? new DecodingOptions())
            : null;
        _heads = [.. _places.Select(place => place.Head).OfType<int>().Distinct()];
        _packedPlaces = new int[shape.Batch];
        _hypothesis = new int[mostSteps];
        _reference = new int[mostSteps];
    }

    /// <summary>Before the first batch.</summary>
    public void Begin()
    {
        for (int i = 0; i < _accumulators.Length; i++)
        {
            TokenMetric metric = _places[i].Metric;
            _accumulators[i] = metric.Begin() ?? throw new InvalidOperationException(
                $"{metric.GetType().Name}.Begin gave no accumulator for '{metric.Name}'.");
        }
    }

    /// <summary>Takes in what the heads give for the trainer's batch; before the state is carried on.</summary>
    /// <param name="carry">Whether the state is carried.</param>
    public void AddOutputs(bool carry)
    {
        if (_heads.Length == 0)
        {
            return;
        }

        _trainer.ComputeOutputs(carry);
        foreach (int head in _heads)
        {
            AddHead(head);
        }
    }

    /// <summary>Takes in what is decoded of the trainer's batch.</summary>
    /// <returns>False when cancelled.</returns>
    public bool AddDecoded(CancellationToken cancellation)
    {
        if (_decoder is null)
        {
            return true;
        }

        PackedBatch<T> batch = _trainer.Batch;
        if (!_decoder.Decode(batch, cancellation))
        {
            return false;
        }

        OutputShape head = _trainer.Model.Shape.Outputs[0];
        BatchLayout layout = FindPlaces(head.Axis);
        ReadOnlySpan<int> targets = batch.Indices(head.Target!.Value);
        for (int sequence = 0; sequence < layout.Batch; sequence++)
        {
            // Targets have been checked: they end in the end.
            int place = _packedPlaces[sequence];
            int length = layout.Lengths[place] - 1;
            for (int step = 0; step < length; step++)
            {
                _reference[step] = targets[layout.StepOffset[step] + place];
            }

            Add(null, _decoder[sequence].Tokens.AsSpan(), _reference.AsSpan(0, length));
        }

        return true;
    }

    /// <summary>What they have come to.</summary>
    /// <param name="isFinite">Whether the validation loss is: where it is not, metrics say nothing.</param>
    public ImmutableArray<MetricValue> Values(bool isFinite) =>
    [
        .. _places.Select((place, i) =>
            new MetricValue(place.Metric.Name, isFinite ? _accumulators[i].Value : double.NaN)),
    ];

    private void AddHead(int index)
    {
        OutputShape head = _trainer.Model.Shape.Outputs[index];
        BatchLayout layout = FindPlaces(head.Axis);
        ReadOnlySpan<int> targets = _trainer.Batch.Indices(head.Target!.Value);
        for (int sequence = 0; sequence < layout.Batch; sequence++)
        {
            int place = _packedPlaces[sequence];
            int length = head.IsPerSequence ? 1 : layout.Lengths[place];
            for (int step = 0; step < length; step++)
            {
                int row = head.IsPerSequence ? place : layout.StepOffset[step] + place;
                _hypothesis[step] = Likeliest(_trainer.OutputRow(index, row));
                _reference[step] = targets[row];
            }

            Add(index, _hypothesis.AsSpan(0, length), _reference.AsSpan(0, length));
        }
    }

    private void Add(int? head, ReadOnlySpan<int> hypothesis, ReadOnlySpan<int> reference)
    {
        for (int i = 0; i < _accumulators.Length; i++)
        {
            if (_places[i].Head == head)
            {
                _accumulators[i].Add(hypothesis, new TokenReferences(reference));
            }
        }
    }

    // In the order in which they were given, sums of a user's own metric do not depend on lengths.
    private BatchLayout FindPlaces(int axis)
    {
        BatchLayout layout = _trainer.Batch.Layout(axis);
        ReadOnlySpan<int> order = layout.Order;
        for (int place = 0; place < order.Length; place++)
        {
            _packedPlaces[order[place]] = place;
        }

        return layout;
    }

    private static int Likeliest(ReadOnlySpan<T> outputs)
    {
        int best = 0;
        for (int i = 1; i < outputs.Length; i++)
        {
            best = outputs[i] > outputs[best] ? i : best;
        }

        return best;
    }
}
