using System.Collections.Immutable;
using System.Numerics;

namespace RnnGen.Training;

/// <summary>Decodes the sources of packed batches, as many at the same time as there is room for.</summary>
internal sealed class BatchDecoder<T>(ModelRuntime<T> model, DecodingOptions options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _lengths = new int[model.Shape.Batch];
    private readonly ImmutableArray<Hypothesis>[] _found = new ImmutableArray<Hypothesis>[model.Shape.Batch];
    private int[] _tokens = [];
    private T[] _numbers = [];

    /// <summary>The best hypothesis about a sequence of the last batch, in the order in which they were given.
    /// </summary>
    public Hypothesis this[int sequence] => _found[sequence][0];

    /// <summary>Decodes all sources of a batch.</summary>
    /// <returns>False when cancelled.</returns>
    public bool Decode(PackedBatch<T> batch, CancellationToken cancellation)
    {
        int together = model.Shape.Batch / ModelRuntime<T>.Hypotheses(options);
        for (int first = 0; first < batch.Batch; first += together)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            int count = Math.Min(together, batch.Batch - first);
            if (model.Shape.Feeds[0].HasIndices)
            {
                Decode(batch, batch.Indices(0), ref _tokens, first, count);
            }
            else
            {
                Decode(batch, batch.Values(0), ref _numbers, first, count);
            }
        }

        return true;
    }

    private void Decode<TInput>(
        PackedBatch<T> batch, ReadOnlySpan<TInput> rows, ref TInput[] source, int first, int count)
        where TInput : unmanaged
    {
        BatchLayout layout = batch.Layout(0);
        int width = model.Shape.Feeds[0].Width;
        int most = checked(model.Shape.Steps * model.Shape.Batch * width);
        source = source.Length == most ? source : new TInput[most];
        int steps = 0;
        for (int place = 0; place < layout.Batch; place++)
        {
            int sequence = layout.Order[place] - first;
            if (sequence < 0 || sequence >= count)
            {
                continue;
            }

            _lengths[sequence] = layout.Lengths[place];
            steps = Math.Max(steps, layout.Lengths[place]);
            for (int step = 0; step < layout.Lengths[place]; step++)
            {
                rows.Slice((layout.StepOffset[step] + place) * width, width)
                    .CopyTo(source.AsSpan(((step * count) + sequence) * width));
            }
        }

        model.Search<TInput>(
            source.AsSpan(0, steps * count * width), _lengths.AsSpan(0, count), options, _found.AsSpan(first, count));
    }
}
