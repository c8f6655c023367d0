namespace RnnGen.Training;

/// <summary>
/// A recurrent state of a model (an LSTM layer has two, a GRU layer one) in the activation workspace: first the rows
/// that the sequences start from, <c>[Batch, Stride]</c> with <see cref="ModelShape.Batch"/> rows whatever the size of
/// the pass's batch, then the state after step t of packed sequence i in row <c>Batch + StepOffset[t] + i</c>.
/// </summary>
/// <param name="Offset">Place of the first initial row in the workspace.</param>
/// <param name="Stride">Numbers from one row to the next.</param>
public readonly record struct StateBuffer(int Offset, int Stride);
