using static RnnGen.Cells.Functions;

namespace RnnGen.Cells;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014), h = (1 − z)⊙h + z⊙h̃. The reset gate acts on the state before the product
/// with the recurrent weights, or, with <c>ResetAfter</c>, on the product itself: the form of cuDNN, PyTorch and Keras.
/// </summary>
public sealed class Gru : ICell
{
    /// <summary>One step; the only state is the hidden state.</summary>
    public static Vector Step(
        Input x, Vector hidden, Gate reset, [NegatedInFiles] Gate update, Gate candidate,
        [AssumedInFiles(true)] bool resetAfter = false)
    {
        var resetGate = Sigmoid(reset[x, hidden]);
        var updateGate = Sigmoid(update[x, hidden]);
        var candidateHidden = resetAfter
            ? Tanh(candidate[x] + resetGate * candidate[hidden])
            : Tanh(candidate[x, resetGate * hidden]);
        var newHidden = (1 - updateGate) * hidden + updateGate * candidateHidden;
        return newHidden;
    }
}
