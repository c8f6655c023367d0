namespace RnnGen;

/// <summary>
/// Long short-term memory layer: f, i, o = σ(W·[h, x] + b), c̃ = tanh(W·[h, x] + b), c = f⊙c + i⊙c̃, h = o⊙tanh(c).
/// The forget gate's bias starts at 1. Tensors are written as PyTorch's <c>nn.LSTM</c> names them.
/// </summary>
/// <param name="size">Hidden units of one cell in one direction: 1 or more.</param>
public sealed class LstmAttribute(int size) : RecurrentAttribute<Cells.Lstm>(size);
