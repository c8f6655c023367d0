using static RnnGen.Cells.Functions;

namespace RnnGen.Cells;

/// <summary>
/// LSTM whose gates see the cell state through diagonal weights (Gers, Schraudolph and Schmidhuber 2002):
/// input and forget gate the old one, the output gate the new one.
/// </summary>
public sealed class PeepholeLstm : ICell
{
    /// <summary>One step; states are the hidden state and the cell state.</summary>
    public static (Vector Hidden, Vector Cell) Step(
        Input x, Vector hidden, Vector cell,
        Gate input, [InitialBias(1)] Gate forget, Gate candidate, Gate output,
        Weight inputPeephole, Weight forgetPeephole, Weight outputPeephole)
    {
        var inputGate = Sigmoid(input[x, hidden] + inputPeephole * cell);
        var forgetGate = Sigmoid(forget[x, hidden] + forgetPeephole * cell);
        var candidateCell = Tanh(candidate[x, hidden]);
        var newCell = forgetGate * cell + inputGate * candidateCell;
        var outputGate = Sigmoid(output[x, hidden] + outputPeephole * newCell);
        var newHidden = outputGate * Tanh(newCell);
        return (newHidden, newCell);
    }
}
