namespace RnnGen.Losses;

/// <summary>
/// Marks a loss that takes logits: the model's last layer must then be a linear <c>[Dense]</c> of 2 outputs or more.
/// </summary>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class ExpectsLogitsAttribute : Attribute;
