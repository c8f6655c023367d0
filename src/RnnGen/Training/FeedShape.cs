namespace RnnGen.Training;

/// <summary>Numbers that a pass gets from outside, row by row: inputs, or what a loss compares outputs with.</summary>
/// <param name="Name">What it is called: <c>inputs</c>, <c>targets</c>, or by the head that it belongs to.</param>
public sealed record FeedShape(string Name)
{
    /// <summary>Which of <see cref="ModelShape.Axes"/> its rows follow.</summary>
    public int Axis { get; init; }

    /// <summary>True for one row per sequence, false for one per step.</summary>
    public bool IsPerSequence { get; init; }

    /// <summary>
    /// How many tokens or classes there are, where a row is one of them: 0 to this less one. 0 where rows are numbers.
    /// </summary>
    public int Indices { get; init; }

    /// <summary>Numbers of a row: 1 where it is a token or class.</summary>
    public int Width { get; init; } = 1;

    /// <summary>True for what a loss compares outputs with: only training wants it.</summary>
    public bool IsTarget { get; init; }

    /// <summary>
    /// Of a decoder's tokens what stands in front of them where they are the targets, one step later; null where they
    /// are always given.
    /// </summary>
    public int? Start { get; init; }

    /// <summary>What a decoder's targets end in; null where they may end in anything.</summary>
    public int? End { get; init; }

    /// <summary>
    /// Place in the workspace of the gradient of its packed rows, which a backward pass writes; null where it does not.
    /// </summary>
    public int? GradientOffset { get; init; }

    /// <summary>Numbers from one row of its gradient to the next.</summary>
    public int GradientStride { get; init; }

    /// <summary>True where rows are tokens or classes, and not numbers.</summary>
    public bool HasIndices => Indices > 0;

    /// <summary>The input of a name, whose gradient is wanted.</summary>
    /// <exception cref="ArgumentException">The model has none of that name, or it is tokens.</exception>
    /// <exception cref="InvalidOperationException">The model does not compute its gradient.</exception>
    internal static FeedShape WithGradient(ModelShape shape, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        FeedShape? feed = shape.Feeds.FirstOrDefault(feed => !feed.IsTarget && feed.Name == name);
        if (feed is null)
        {
            string names = string.Join(", ", shape.Feeds.Where(feed => !feed.IsTarget).Select(feed => feed.Name));
            throw new ArgumentException($"The model has no input '{name}'; it has {names}.", nameof(name));
        }

        if (feed.HasIndices)
        {
            throw new ArgumentException($"The input '{name}' is tokens, which have no gradient.", nameof(name));
        }

        return feed.GradientOffset is not null ? feed : throw new InvalidOperationException(
            $"The model does not compute the gradient of '{name}': write Gradient = true in the attribute, "
            + $"[Input({feed.Width}, Gradient = true)].");
    }
}
