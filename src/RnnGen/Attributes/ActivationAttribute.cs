namespace RnnGen;

/// <summary>Applies a function to every number of every row: y = g(x). It has no weights.</summary>
/// <param name="function">The function g.</param>
public sealed class ActivationAttribute(Activation function) : LayerAttribute
{
    /// <summary>The function g.</summary>
    public Activation Function { get; } = function;
}
