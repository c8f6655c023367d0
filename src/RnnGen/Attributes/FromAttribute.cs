namespace RnnGen;

/// <summary>
/// Begins a branch: the layers below it go on from the rows of a layer further up, and not from the layer above. A
/// branch comes together with the others in an <see cref="AddAttribute"/> or a <see cref="ConcatenateAttribute"/>, or
/// ends in a loss of its own: behind a loss it begins another head.
/// </summary>
/// <param name="layer">
/// The <see cref="LayerAttribute.Name"/> of a layer further up, or what it is called without one: its kind, numbered
/// from the second on (<c>lstm</c>, <c>dense1</c>).
/// </param>
public sealed class FromAttribute(string layer) : LayerAttribute
{
    /// <summary>The name of the layer that the branch goes on from.</summary>
    public string Layer { get; } = layer;
}
