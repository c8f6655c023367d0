using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// Sequences from memory for a model of any number of inputs and losses, shuffled every epoch: for each of the model's
/// feeds, by its name, the rows of every sequence. Nothing is copied: the arrays must not change meanwhile.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example><code>
/// var data = new FeedSequences&lt;float&gt;()
///     .Add("inputs", features)   // float[][], of each sequence [T, F]
///     .Add("tag", tags)          // int[][], of each sequence [T]
///     .Add("mood", moods);       // int[], one for each sequence
/// </code></example>
public sealed class FeedSequences<T> : FeedData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dictionary<string, Column> _columns = [];

    /// <summary>Adds tokens or classes.</summary>
    /// <param name="feed">The feed's name: <c>inputs</c>, or that of a loss.</param>
    /// <param name="sequences">Of each sequence a token or class for every step; or one alone, where the feed has one
    /// per sequence.</param>
    /// <returns>The same data, for further feeds.</returns>
    /// <exception cref="ArgumentException">The feed was added before.</exception>
    public FeedSequences<T> Add(string feed, IReadOnlyList<int[]> sequences) =>
        AddColumn(feed, sequences, sequence => new Column { Indices = [.. sequence] });

    /// <summary>Adds numbers.</summary>
    /// <param name="feed">The feed's name: <c>inputs</c>, or that of a loss.</param>
    /// <param name="sequences">Of each sequence <c>[T, width]</c>; or one row alone, where the feed has one per
    /// sequence.</param>
    /// <inheritdoc cref="Add(string, IReadOnlyList{int[]})" path="/*[self::returns or self::exception]"/>
    public FeedSequences<T> Add(string feed, IReadOnlyList<T[]> sequences) =>
        AddColumn(feed, sequences, sequence => new Column { Values = [.. sequence] });

    /// <summary>Adds a token or class for each sequence.</summary>
    /// <param name="feed">The feed's name, that of a loss of outputs per sequence.</param>
    /// <param name="labels">One for each sequence.</param>
    /// <inheritdoc cref="Add(string, IReadOnlyList{int[]})" path="/*[self::returns or self::exception]"/>
    public FeedSequences<T> Add(string feed, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Add(feed, [.. labels.Select(label => new[] { label })]);
    }

    /// <inheritdoc/>
    public override FeedReader<T> Open(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        string wanted = string.Join(", ", shape.Feeds.Select(feed => $"'{feed.Name}'"));
        Column[] columns =
        [
            .. shape.Feeds.Select(feed => _columns.TryGetValue(feed.Name, out Column? column)
                ? column
                : Shifted(shape, feed) ?? throw new ArgumentException(
                    $"There is no '{feed.Name}' in the data; the model takes {wanted}.", "data")),
        ];
        if (_columns.Keys.FirstOrDefault(name => shape.Feeds.All(feed => feed.Name != name)) is { } unknown)
        {
            throw new ArgumentException($"The model has no feed '{unknown}'; it takes {wanted}.", "data");
        }

        int[][] lengths = [.. shape.Axes.Select(_ => new int[columns[0].Count])];
        for (int feed = 0; feed < columns.Length; feed++)
        {
            Check(shape, feed, columns, lengths);
        }

        return new Reader(shape, columns, lengths);
    }

    // A decoder's tokens may be left out: they are its targets, one step later.
    private Column? Shifted(ModelShape shape, FeedShape feed)
    {
        FeedShape? targets = feed.Start is null ? null : shape.Feeds.First(
            other => other.IsTarget && other.Axis == feed.Axis && other.HasIndices);
        return targets is null || !_columns.TryGetValue(targets.Name, out Column? column) || !column.HasIndices
            ? null
            : new Column
            {
                Indices =
                [
                    .. column.Indices.Select(
                        sequence => sequence.Length == 0 ? [] : (int[])[feed.Start!.Value, .. sequence[..^1]]),
                ],
            };
    }

    private static void Check(ModelShape shape, int index, Column[] columns, int[][] lengths)
    {
        FeedShape feed = shape.Feeds[index];
        Column column = columns[index];
        bool begins = index == FirstOf(shape, feed.Axis);
        if (column.Count == 0 || column.Count != columns[0].Count)
        {
            throw new ArgumentException(
                $"'{feed.Name}' has {Quantity.Of(column.Count, "sequence")} and '{shape.Feeds[0].Name}' "
                + $"{columns[0].Count}; there must be as many of both, and 1 or more.",
                feed.Name);
        }

        if (column.HasIndices != feed.HasIndices)
        {
            throw new ArgumentException(
                $"'{feed.Name}' holds {(column.HasIndices ? "tokens or classes" : "numbers")}; the model takes "
                + (feed.HasIndices ? $"tokens or classes from 0 to {feed.Indices - 1}." : $"rows of {feed.Width}."),
                feed.Name);
        }

        for (int i = 0; i < column.Count; i++)
        {
            int steps = begins ? StepsOf(shape, feed, column, i) : lengths[feed.Axis][i];
            lengths[feed.Axis][i] = steps;
            int rows = feed.IsPerSequence ? 1 : steps;
            if (column.LengthOf(i) != (long)rows * feed.Width)
            {
                throw new ArgumentException(
                    $"'{feed.Name}' of sequence {i} has {Quantity.Of(column.LengthOf(i), "number")}; "
                    + $"{Quantity.Of(rows, "row")} of {feed.Width} must have {(long)rows * feed.Width}.",
                    feed.Name);
            }

            CheckValues(feed, column, i);
        }
    }

    private static int StepsOf(ModelShape shape, FeedShape feed, Column column, int sequence)
    {
        int most = shape.Axes[feed.Axis].Steps;
        int steps = column.LengthOf(sequence) / feed.Width;
        return steps >= 1 && steps <= most
            ? steps
            : throw new ArgumentException(
                $"'{feed.Name}' of sequence {sequence} has {Quantity.Of(steps, "step")}; the model takes from 1 to "
                + $"{most}.",
                feed.Name);
    }

    private static void CheckValues(FeedShape feed, Column column, int sequence)
    {
        if (feed.HasIndices)
        {
            int place = Array.FindIndex(column.Indices[sequence], index => (uint)index >= (uint)feed.Indices);
            if (place >= 0)
            {
                int index = column.Indices[sequence][place];
                throw new ArgumentOutOfRangeException(
                    feed.Name,
                    index,
                    $"'{feed.Name}' of sequence {sequence} has {index} at step {place}; it must be from 0 to "
                    + $"{feed.Indices - 1}.");
            }
        }
        else if (FiniteNumbers.IndexOfOther<T>(column.Values[sequence]) is >= 0 and var place)
        {
            throw new ArgumentException(
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"'{feed.Name}' of sequence {sequence} has {column.Values[sequence][place]} at step "
                    + $"{place / feed.Width}, place {place % feed.Width}; training takes finite numbers only."),
                feed.Name);
        }
    }

    // The input whose rows tell how long the sequences are along an axis.
    private static int FirstOf(ModelShape shape, int axis)
    {
        for (int feed = 0; feed < shape.Feeds.Length; feed++)
        {
            if (shape.Feeds[feed].Axis == axis && !shape.Feeds[feed].IsPerSequence)
            {
                return feed;
            }
        }

        return -1;
    }

    private FeedSequences<T> AddColumn<TValue>(
        string feed, IReadOnlyList<TValue[]> sequences, Func<IReadOnlyList<TValue[]>, Column> make)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Any(sequence => sequence is null))
        {
            throw new ArgumentException($"'{feed}' has a sequence that is null.", nameof(sequences));
        }

        return _columns.TryAdd(feed, make(sequences))
            ? this
            : throw new ArgumentException($"'{feed}' was added before.", nameof(feed));
    }

    private sealed class Column
    {
        public int[][] Indices { get; init; } = [];

        public T[][] Values { get; init; } = [];

        public bool HasIndices => Indices.Length > 0;

        public int Count => HasIndices ? Indices.Length : Values.Length;

        public int LengthOf(int sequence) => HasIndices ? Indices[sequence].Length : Values[sequence].Length;
    }

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
