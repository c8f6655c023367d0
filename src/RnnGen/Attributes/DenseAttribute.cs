namespace RnnGen;

/// <summary>
/// Fully connected layer, applied to every row: y = g(W·x + b). Tensors are written as PyTorch's <c>nn.Linear</c>
/// names them: <c>weight</c> is <c>[size, inputs]</c>, <c>bias</c>, where there is one, is <c>[size]</c>.
/// </summary>
/// <param name="size">Numbers in a row of the result: 1 or more.</param>
public sealed class DenseAttribute(int size) : LayerAttribute
{
    /// <summary>Numbers in a row of the result: 1 or more.</summary>
    public int Size { get; } = size;

    /// <summary>The function g. Default <see cref="Activation.Linear"/>.</summary>
    public Activation Activation { get; set; } = Activation.Linear;

    /// <summary>
    /// Whether b is added. Without it (PyTorch's <c>bias=False</c>) there is no tensor <c>bias</c>, in files neither.
    /// Default <see langword="true"/>.
    /// </summary>
    public bool Bias { get; set; } = true;
}
