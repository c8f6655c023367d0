namespace RnnGen;

/// <summary>
/// LSTM layer whose gates also see the cell state, one weight a unit: forget and input gate the old state, output gate
/// the new one.
/// </summary>
/// <param name="size">Hidden units of one cell in one direction: 1 or more.</param>
public sealed class PeepholeLstmAttribute(int size) : RecurrentAttribute<Cells.PeepholeLstm>(size);
