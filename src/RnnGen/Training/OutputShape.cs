namespace RnnGen.Training;

/// <summary>Rows that a pass leaves behind for the caller, and how they are judged: a head of the model.</summary>
/// <param name="Name">What it is called: <c>outputs</c>, or by its loss.</param>
public sealed record OutputShape(string Name)
{
    /// <summary>Which of <see cref="ModelShape.Axes"/> its rows follow.</summary>
    public int Axis { get; init; }

    /// <summary>True for one row per sequence, false for one per step.</summary>
    public required bool IsPerSequence { get; init; }

    /// <summary>Numbers of a row.</summary>
    public required int Size { get; init; }

    /// <summary>Numbers from one row to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>Place of the rows in the workspace: packed rows, or packed sequences.</summary>
    public required int Offset { get; init; }

    /// <summary>
    /// Which of <see cref="ModelShape.Feeds"/> its loss compares it with; null where no loss judges it.
    /// </summary>
    public int? Target { get; init; }

    /// <summary>
    /// Place in the state of a stream of what its last step gave; null when the model does not stream.
    /// </summary>
    public int? StreamOffset { get; init; }

    /// <summary>What its loss is multiplied by in the loss of the model.</summary>
    public double Weight { get; init; } = 1;
}
