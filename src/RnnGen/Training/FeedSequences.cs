using System.Numerics;
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
public sealed partial class FeedSequences<T> : FeedData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dictionary<string, Column> _columns = [];

    /// <summary>Adds tokens or classes.</summary>
    /// <param name="feed">The feed's name: <c>inputs</c>, or <c>source</c> of an encoder–decoder; or that of a loss,
    /// <c>targets</c> where there is one alone.</param>
    /// <param name="sequences">Of each sequence a token or class for every step; or one alone, where the feed has one
    /// per sequence.</param>
    /// <returns>The same data, for further feeds.</returns>
    /// <exception cref="ArgumentException">The feed was added before.</exception>
    public FeedSequences<T> Add(string feed, IReadOnlyList<int[]> sequences) =>
        AddColumn(feed, sequences, sequence => new Column { Indices = [.. sequence] });

    /// <summary>Adds numbers.</summary>
    /// <param name="feed">The feed's name: <c>inputs</c>, or <c>source</c> of an encoder–decoder; or that of a loss,
    /// <c>targets</c> where there is one alone.</param>
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
        Column[] columns = [.. shape.Feeds.Select(feed => ColumnOf(shape, feed))];
        if (_columns.Keys.FirstOrDefault(name => shape.Feeds.All(feed => feed.Name != name)) is { } unknown)
        {
            throw new ArgumentException($"The model has no feed '{unknown}'; it takes {Names(shape)}.", "data");
        }

        int[][] lengths = [.. shape.Axes.Select(_ => new int[columns[0].Count])];
        for (int feed = 0; feed < columns.Length; feed++)
        {
            Check(shape, feed, columns, lengths);
        }

        return new Reader(shape, columns, lengths);
    }

    private static string Names(ModelShape shape) => string.Join(
        ", ", shape.Feeds.Where(feed => feed.Start is null).Select(feed => $"'{feed.Name}'"));

    private Column ColumnOf(ModelShape shape, FeedShape feed)
    {
        if (_columns.TryGetValue(feed.Name, out Column? column))
        {
            return column;
        }

        // A decoder's tokens may be left out: they are its targets, one step later.
        FeedShape given = feed.Start is null ? feed : shape.Feeds.First(
            other => other.IsTarget && other.Axis == feed.Axis && other.HasIndices);
        if (feed.Start is not { } start || !_columns.TryGetValue(given.Name, out column))
        {
            throw new ArgumentException(
                $"There is no '{given.Name}' in the data; the model takes {Names(shape)}.", "data");
        }

        return new Column
        {
            Source = given.Name,
            Values = column.Values,
            Indices =
                [.. column.Indices.Select(targets => targets.Length == 0 ? [] : (int[])[start, .. targets[..^1]])],
        };
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

        /// <summary>Of tokens that are targets, one step later: how these are called.</summary>
        public string? Source { get; init; }

        public bool HasIndices => Indices.Length > 0;

        public int Count => HasIndices ? Indices.Length : Values.Length;

        public int LengthOf(int sequence) => HasIndices ? Indices[sequence].Length : Values[sequence].Length;
    }
}
