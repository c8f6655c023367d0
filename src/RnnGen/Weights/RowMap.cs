namespace RnnGen.Weights;

/// <summary>A part whose rows lie one after another: embedding tables, peepholes.</summary>
/// <param name="offset">Place of row 0, column 0 in the arena.</param>
/// <param name="stride">Numbers from one row to the next.</param>
public sealed class RowMap(int offset, int stride) : ArenaMap
{
    /// <inheritdoc/>
    public override int IndexOf(int row, int column) => offset + row * stride + column;

    /// <inheritdoc/>
    public override int ColumnStride(int row) => 1;
}
