namespace RnnGen;

/// <summary>
/// Base of every attribute that adds one layer to a model. A model's layers are its layer attributes, read top to
/// bottom in source order; each takes the rows of the layer above it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>
    /// Prefix of the layer's tensors in weight files, for instance <c>encoder</c> for <c>encoder.weight_ih_l0</c>.
    /// Unless set, the layer's kind in lower case, numbered from the second of a kind on: <c>dense</c>, <c>dense1</c>.
    /// Layers further down call it by this name, too.
    /// </summary>
    public string? Name { get; set; }
}
