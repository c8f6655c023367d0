namespace RnnGen.Training;

/// <summary>
/// A recurrent state of one layer in one direction (an LSTM layer has two, a GRU layer one): a part of the tensor
/// <c>[L·D, B, H]</c> of all layers and directions of one attribute, which is PyTorch's <c>h_0</c>, <c>c_0</c>,
/// <c>h_n</c> or <c>c_n</c>. In the activation workspace first the rows stand that the sequences start from,
/// <c>[Batch, Stride]</c> with <see cref="ModelShape.Batch"/> rows whatever the size of the pass's batch, then the
/// state after step t of packed sequence i in row <c>Batch + StepOffset[t] + i</c>.
/// </summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Name">The cell's name of the state.</param>
/// <param name="Place">Which of the L·D layers and directions it is: layer by layer, the direction inside.</param>
/// <param name="Size">Units, H.</param>
public sealed record StateBuffer(string Layer, string Name, int Place, int Size)
{
    /// <summary>What the tensor that it belongs to is called: layer and state.</summary>
    public string FullName { get; } = $"{Layer}.{Name}";

    /// <summary>True when sequences are read from their ends: a sequence's last state is that of step 0.</summary>
    public required bool IsReverse { get; init; }

    /// <summary>Place of the first initial row in the workspace.</summary>
    public required int Offset { get; init; }

    /// <summary>Numbers from one row to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>
    /// Place in the workspace of the rows <c>[Batch, GradientStride]</c> that hold the gradients of the initial rows
    /// after a backward pass.
    /// </summary>
    public required int GradientOffset { get; init; }

    /// <summary>Numbers from one gradient row to the next.</summary>
    public required int GradientStride { get; init; }

    /// <summary>
    /// Place among the parameters of the row that sequences start from where nothing else is given; null where that is
    /// zeros, and is not learned.
    /// </summary>
    public int? LearnedOffset { get; init; }

    /// <summary>Place in the state of a stream; null when the model does not stream.</summary>
    public required int? StreamOffset { get; init; }

    /// <summary>Whether the state may be handed on from batch to batch: where the model streams.</summary>
    public bool MayBeCarried => StreamOffset is not null;
}
