using System.Numerics;
using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// A batch that a reader fills: sequences side by side, time-major, a block of rows for each of the model's feeds. What
/// follows a sequence's end is not read.
/// </summary>
/// <typeparam name="T">The model's number: <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class FeedBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelShape _shape;
    private readonly int[][] _lengths;
    private readonly int[] _steps;
    private readonly int[][] _indices;
    private readonly T[][] _values;

    /// <summary>Makes room for the largest batch of a model.</summary>
    /// <param name="shape">The sizes of the model.</param>
    public FeedBatch(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
        _lengths = [.. shape.Axes.Select(_ => new int[shape.Batch])];
        _steps = new int[shape.Axes.Length];
        _indices = [.. shape.Feeds.Select(feed => feed.HasIndices ? new int[Most(feed)] : [])];
        _values = [.. shape.Feeds.Select(feed => feed.HasIndices ? [] : new T[Most(feed)])];
    }

    /// <summary>Sequences in the batch.</summary>
    public int Sequences { get; private set; }

    /// <summary>Steps that there is room for along an axis: those of its longest sequence.</summary>
    /// <param name="axis">Which of <see cref="ModelShape.Axes"/>.</param>
    public int Steps(int axis = 0) => _steps[axis];

    /// <summary>Steps of each sequence along an axis, <c>[Sequences]</c>; the longest must have as many as there is
    /// room for.</summary>
    /// <param name="axis">Which of <see cref="ModelShape.Axes"/>.</param>
    public Span<int> Lengths(int axis = 0) => _lengths[axis].AsSpan(0, Sequences);

    /// <summary>Tokens or classes of a feed: <c>[Steps, Sequences]</c>, or one per sequence.</summary>
    /// <param name="feed">Which of <see cref="ModelShape.Feeds"/>.</param>
    public Span<int> Indices(int feed) => _indices[feed].AsSpan(0, _shape.Feeds[feed].HasIndices ? Count(feed) : 0);

    /// <summary>Numbers of a feed: <c>[Steps, Sequences, Width]</c>, or one row per sequence.</summary>
    /// <param name="feed">Which of <see cref="ModelShape.Feeds"/>.</param>
    public Span<T> Values(int feed) => _values[feed].AsSpan(0, _shape.Feeds[feed].HasIndices ? 0 : Count(feed));

    /// <summary>
    /// Sets the size of the batch; its contents are those of an earlier batch until they are written.
    /// </summary>
    /// <param name="sequences">Sequences: 1 to the model's batch.</param>
    /// <param name="steps">Of each axis the steps of its longest sequence: 1 to the axis's steps.</param>
    /// <exception cref="ArgumentException">There are not as many numbers of steps as axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    public void Resize(int sequences, params ReadOnlySpan<int> steps)
    {
        if (sequences < 1 || sequences > _shape.Batch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sequences),
                sequences,
                $"There are {sequences} sequences; a batch has from 1 to {_shape.Batch}.");
        }

        if (steps.Length != _steps.Length)
        {
            throw new ArgumentException(
                $"{Quantity.There(steps.Length, "number")} of steps; the model has "
                + $"{Quantity.Of(_steps.Length, "axis", "axes")}.",
                nameof(steps));
        }

        for (int axis = 0; axis < steps.Length; axis++)
        {
            AxisShape shape = _shape.Axes[axis];
            if (steps[axis] < 1 || steps[axis] > shape.Steps)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(steps),
                    steps[axis],
                    $"There are {steps[axis]} steps of {shape.Name}; a batch has from 1 to {shape.Steps}.");
            }
        }

        Sequences = sequences;
        steps.CopyTo(_steps);
    }

    private int Most(FeedShape feed) =>
        checked(_shape.Batch * feed.Width * (feed.IsPerSequence ? 1 : _shape.Axes[feed.Axis].Steps));

    private int Count(int feed)
    {
        FeedShape shape = _shape.Feeds[feed];
        return Sequences * shape.Width * (shape.IsPerSequence ? 1 : _steps[shape.Axis]);
    }
}
