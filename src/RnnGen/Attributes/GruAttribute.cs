namespace RnnGen;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014): z, r = σ(W·[h, x] + b), h̃ = tanh(W·[r⊙h, x] + b), h = (1−z)⊙h + z⊙h̃.
/// Tensors are written as PyTorch's <c>nn.GRU</c> names them.
/// </summary>
/// <param name="size">Hidden units of one cell in one direction: 1 or more.</param>
public sealed class GruAttribute(int size) : RecurrentAttribute<Cells.Gru>(size)
{
    /// <summary>
    /// Whether the reset gate is applied after the matrix product, h̃ = tanh(W·x + b + r⊙(U·h + b′)), as cuDNN, PyTorch
    /// and Keras compute it; such a layer reads and writes their weights one to one. Default <see langword="false"/>.
    /// Tensors of the two forms have the same names and shapes: files record the form, and a file of the other one is
    /// refused. A file that does not record it, such as PyTorch's, is taken to be of <see langword="true"/>.
    /// </summary>
    public bool ResetAfter { get; set; }
}
