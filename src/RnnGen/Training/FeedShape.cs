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

    /// <summary>True where rows are tokens or classes, and not numbers.</summary>
    public bool HasIndices => Indices > 0;
}
