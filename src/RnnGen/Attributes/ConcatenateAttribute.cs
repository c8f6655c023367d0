namespace RnnGen;

/// <summary>
/// Puts the rows of a layer further up behind those of the layer above: rows of n and m numbers become rows of n + m.
/// Both have a row for every step, or both one for every sequence.
/// </summary>
/// <param name="layer">
/// The <see cref="LayerAttribute.Name"/> of a layer further up, or what it is called without one: its kind, numbered
/// from the second on (<c>lstm</c>, <c>dense1</c>).
/// </param>
public sealed class ConcatenateAttribute(string layer) : LayerAttribute
{
    /// <summary>The name of the layer whose rows come behind.</summary>
    public string Layer { get; } = layer;
}
