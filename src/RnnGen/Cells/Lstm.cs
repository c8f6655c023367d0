using static RnnGen.Cells.Functions;

namespace RnnGen.Cells;

/// <summary>
/// Long short-term memory: Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins 2000.
/// The forget gate's bias starts at 1 (Jozefowicz, Zaremba and Sutskever 2015). Equal to PyTorch's <c>nn.LSTM</c>.
/// </summary>
public sealed class Lstm : ICell
{
    /// <summary>One step; states are the hidden state and the cell state.</summary>
    public static (Vector Hidden, Vector Cell) Step(
        Input x, Vector hidden, Vector cell, Gate input, [InitialBias(1)] Gate forget, Gate candidate, Gate output)
    {
        var inputGate = Sigmoid(input[x, hidden]);
        var forgetGate = Sigmoid(forget[x, hidden]);
        var candidateCell = Tanh(candidate[x, hidden]);
        var outputGate = Sigmoid(output[x, hidden]);
        var newCell = forgetGate * cell + inputGate * candidateCell;
        var newHidden = outputGate * Tanh(newCell);
        return (newHidden, newCell);
    }
}
