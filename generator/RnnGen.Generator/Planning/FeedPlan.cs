namespace RnnGen.Generator.Planning;

/// <summary>Numbers that a pass gets from outside: inputs, or what a loss compares outputs with.</summary>
/// <param name="Index">Its place among the feeds.</param>
/// <param name="Constant">The constant that holds the place.</param>
/// <param name="Name">What users call it.</param>
/// <param name="Indices">How many tokens or classes there are; 0 where rows are numbers.</param>
/// <param name="Width">Numbers of a row.</param>
/// <param name="Gradient">The gradient of its rows; null where nobody asks for it.</param>
internal sealed record FeedPlan(
    int Index, string Constant, string Name, AxisPlan Axis, RowKind Rows, int Indices, int Width, bool IsTarget,
    RowBuffer? Gradient = null)
{
    public bool HasIndices => Indices > 0;

    /// <summary>What stands in front of a decoder's tokens, which are its targets one step later; null for others.
    /// </summary>
    public int? StartToken { get; init; }

    /// <summary>What a decoder's targets end in; null where that is anything.</summary>
    public int? EndToken { get; init; }

    public Address Start => new(MemoryArena.Feeds, Constant);
}
