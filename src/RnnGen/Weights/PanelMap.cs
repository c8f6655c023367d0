namespace RnnGen.Weights;

/// <summary>
/// A part of a weight matrix in panels, the layout of every matrix kernel: the matrix has <c>depth</c> rows and
/// <c>vectors</c> column vectors of <c>lanes</c> numbers; panels of <c>panelVectors</c> vectors (the last may be
/// narrower) follow one another, and inside a panel its rows do. A tensor's row is a unit, that is a column here.
/// </summary>
/// <param name="offset">Place of the matrix in the arena.</param>
/// <param name="depth">Rows of the matrix: the inputs, or the recurrent units; 1 for a bias.</param>
/// <param name="vectors">Column vectors of the matrix.</param>
/// <param name="panelVectors">Column vectors of a full panel.</param>
/// <param name="lanes">Numbers in a vector.</param>
/// <param name="gates">Vectors that stand side by side for one block of units.</param>
/// <param name="gate">Which of these vectors the part fills.</param>
public sealed class PanelMap(
    int offset, int depth, int vectors, int panelVectors, int lanes, int gates, int gate) : ArenaMap
{
    /// <inheritdoc/>
    public override int IndexOf(int row, int column)
    {
        int vector = VectorOf(row);
        int panelStart = vector / panelVectors * panelVectors;
        int rowOffset = column * WidthOf(vector) + vector - panelStart;
        return offset + (panelStart * depth + rowOffset) * lanes + row % lanes;
    }

    /// <inheritdoc/>
    public override int ColumnStride(int row) => WidthOf(VectorOf(row)) * lanes;

    private int VectorOf(int row) => row / lanes * gates + gate;

    private int WidthOf(int vector) => Math.Min(panelVectors, vectors - vector / panelVectors * panelVectors);
}
