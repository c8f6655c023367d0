namespace RnnGen.Losses;

/// <summary>
/// Marks a loss that takes logits: the model's last layer must then be a linear <c>[Dense]</c>, of
/// <see cref="MinimumOutputs"/> or more.
/// </summary>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class ExpectsLogitsAttribute : Attribute
{
    /// <summary>The fewest outputs that the loss makes sense of: 1, or 2 where it compares them; 1 or more.</summary>
    public int MinimumOutputs { get; set; } = 1;
}
