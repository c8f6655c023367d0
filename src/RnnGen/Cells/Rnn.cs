using static RnnGen.Cells.Functions;

namespace RnnGen.Cells;

/// <summary>The plain recurrent network of Elman 1990, with tanh or a rectifier. Equal to PyTorch's
/// <c>nn.RNN</c>.</summary>
public sealed class Rnn : ICell
{
    /// <summary>One step; the only state is the hidden state.</summary>
    public static Vector Step(Input x, Vector hidden, Gate recurrent, Activation activation = Activation.Tanh)
    {
        var newHidden = activation == Activation.Relu ? Relu(recurrent[x, hidden]) : Tanh(recurrent[x, hidden]);
        return newHidden;
    }
}
