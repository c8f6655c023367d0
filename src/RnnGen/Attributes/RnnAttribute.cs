namespace RnnGen;

/// <summary>
/// Plain recurrent layer (Elman): h = g(W·[h, x] + b), with tanh or ReLU as g. Tensors are written as PyTorch's
/// <c>nn.RNN</c> names them.
/// </summary>
/// <param name="size">Hidden units of one cell in one direction: 1 or more.</param>
public sealed class RnnAttribute(int size) : RecurrentAttribute<Cells.Rnn>(size)
{
    /// <summary>
    /// The function g: <see cref="Activation.Tanh"/>, the default, or <see cref="Activation.Relu"/>.
    /// </summary>
    public Activation Activation { get; set; } = Activation.Tanh;
}
