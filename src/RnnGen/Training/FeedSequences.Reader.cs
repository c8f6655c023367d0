using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen;

// Batches of the sequences, in an order that is drawn anew for every epoch.
public sealed partial class FeedSequences<T>
{
    private sealed class Reader : FeedReader<T>
    {
        private readonly ModelShape _shape;
        private readonly Column[] _columns;
        private readonly int[][] _lengths;
        private readonly int[] _order;
        private readonly int[] _steps;
        private int _next;

        public Reader(ModelShape shape, Column[] columns, int[][] lengths)
        {
            _shape = shape;
            _columns = columns;
            _lengths = lengths;
            _order = new int[columns[0].Count];
            _steps = new int[shape.Axes.Length];
            Restart(null);
        }

        public override int BatchCount => (_order.Length + _shape.Batch - 1) / _shape.Batch;

        public override void Restart(CounterRandom? order)
        {
            // Always shuffled from the same start, so that an epoch's order depends on its own seed alone.
            for (int i = 0; i < _order.Length; i++)
            {
                _order[i] = i;
            }

            order?.Shuffle(_order.AsSpan());
            _next = 0;
        }

        public override bool Read(FeedBatch<T> batch)
        {
            ReadOnlySpan<int> chosen = _order.AsSpan(_next, Math.Min(_shape.Batch, _order.Length - _next));
            if (chosen.IsEmpty)
            {
                return false;
            }

            Resize(batch, chosen);
            for (int feed = 0; feed < _columns.Length; feed++)
            {
                for (int i = 0; i < chosen.Length; i++)
                {
                    Copy(batch, feed, i, chosen[i]);
                }
            }

            _next += chosen.Length;
            return true;
        }

        private void Resize(FeedBatch<T> batch, ReadOnlySpan<int> chosen)
        {
            for (int axis = 0; axis < _steps.Length; axis++)
            {
                _steps[axis] = 0;
                foreach (int sequence in chosen)
                {
                    _steps[axis] = Math.Max(_steps[axis], _lengths[axis][sequence]);
                }
            }

            batch.Resize(chosen.Length, _steps);
            for (int axis = 0; axis < _steps.Length; axis++)
            {
                for (int i = 0; i < chosen.Length; i++)
                {
                    batch.Lengths(axis)[i] = _lengths[axis][chosen[i]];
                }
            }
        }

        private void Copy(FeedBatch<T> batch, int index, int place, int sequence)
        {
            FeedShape feed = _shape.Feeds[index];
            int rows = feed.IsPerSequence ? 1 : _lengths[feed.Axis][sequence];
            for (int row = 0; row < rows; row++)
            {
                int to = (row * batch.Sequences) + place;
                if (feed.HasIndices)
                {
                    batch.Indices(index)[to] = _columns[index].Indices[sequence][row];
                }
                else
                {
                    _columns[index].Values[sequence].AsSpan(row * feed.Width, feed.Width)
                        .CopyTo(batch.Values(index)[(to * feed.Width)..]);
                }
            }
        }
    }
}
