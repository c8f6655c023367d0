namespace RnnGen;

/// <summary>
/// Adds the rows of a layer further up to those of the layer above, number by number: a residual connection (He et al.
/// 2016). Both have rows of one size, and both a row for every step or both one for every sequence.
/// </summary>
/// <param name="layer">
/// The <see cref="LayerAttribute.Name"/> of a layer further up, or what it is called without one: its kind, numbered
/// from the second on (<c>lstm</c>, <c>dense1</c>).
/// </param>
public sealed class AddAttribute(string layer) : LayerAttribute
{
    /// <summary>The name of the layer whose rows are added.</summary>
    public string Layer { get; } = layer;
}
