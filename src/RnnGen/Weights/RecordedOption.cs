namespace RnnGen.Weights;

/// <summary>
/// A choice that decides what a layer's tensors mean, though not their names and shapes: the cell of a recurrent layer,
/// its options, the function of a dense layer. Files record it among their metadata, so that they are not read into a
/// model that chooses otherwise.
/// </summary>
public sealed record RecordedOption
{
    /// <summary>What the names of the layer's tensors begin with, for instance <c>gru</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>
    /// The option as the layer's attribute names it, for instance <c>ResetAfter</c>; <c>Cell</c> for the cell itself.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>
    /// The model's choice: <c>true</c>, <c>false</c>, the name of an enum's member, or of a cell: a built-in one's
    /// alone (<c>Gru</c>), another's with its namespace (<c>global::Leaky</c> where it is in none).
    /// </summary>
    public required string Value { get; init; }

    /// <summary>The enum that <see cref="Value"/> is a member of; null for other values.</summary>
    public string? EnumName { get; init; }

    /// <summary>The choice of files that do not record the option; null where these fit any.</summary>
    public string? Assumed { get; init; }

    /// <summary>What the option is recorded under, for instance <c>rnngen:gru.ResetAfter</c>.</summary>
    public string Key => $"rnngen:{Layer}.{Name}";

    internal bool IsCell => Name == "Cell";
}
