namespace RnnGen.Training;

/// <summary>The weights that an attention layer leaves behind, a row of them for each of a decoder's rows.</summary>
/// <param name="Name">The layer's name in its stack.</param>
/// <param name="Axis">Which of <see cref="ModelShape.Axes"/> its rows follow.</param>
/// <param name="From">Which of them it attends to.</param>
public sealed record AttentionShape(string Name, int Axis, int From)
{
    /// <summary>Place of the rows in the workspace, outside of training.</summary>
    public required int Offset { get; init; }

    /// <summary>Numbers from one row to the next.</summary>
    public required int Stride { get; init; }
}
