using System.Numerics;

namespace RnnGen.Weights;

/// <summary>Rearranges weight matrices that lie in panels (see <see cref="PanelMap"/>).</summary>
public static unsafe class Panels
{
    /// <summary>Copies one column vector of a matrix, row by row.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="depth">Its rows.</param>
    /// <param name="vectors">Its column vectors.</param>
    /// <param name="panelVectors">Column vectors of a full panel.</param>
    /// <param name="lanes">Numbers in a vector.</param>
    /// <param name="vector">Which column vector.</param>
    /// <param name="target">Receives the vectors.</param>
    /// <param name="targetRow">Numbers from one row of the target to the next.</param>
    public static void CopyColumn<T>(
        T* matrix, int depth, int vectors, int panelVectors, int lanes, int vector, T* target, int targetRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int panelStart = vector / panelVectors * panelVectors;
        int row = Math.Min(panelVectors, vectors - panelStart) * lanes;
        T* source = matrix + (nint)panelStart * lanes * depth + (vector - panelStart) * lanes;
        for (int k = 0; k < depth; k++)
        {
            new ReadOnlySpan<T>(source + (nint)k * row, lanes).CopyTo(new Span<T>(target + (nint)k * targetRow, lanes));
        }
    }

    /// <summary>
    /// Copies a matrix into transposed panels: column j of the source's panel p becomes row
    /// <paramref name="segmentLength"/>·p + <paramref name="segmentRow"/> + j of the target, and its row k the column
    /// that k has in rows of segments.
    /// </summary>
    /// <param name="source">The matrix in panels.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="target">The transposed matrix.</param>
    /// <param name="targetShape">Its shape.</param>
    /// <param name="segmentLength">Rows of the target from one panel of the source to the next.</param>
    /// <param name="segmentRow">Where in these rows the source's columns start.</param>
    /// <param name="width">Rows of the source in one segment of the target's columns.</param>
    /// <param name="segmentStride">Columns of the target from one segment to the next; 0 for one segment.</param>
    /// <param name="worker">Which share of the panels.</param>
    /// <param name="workers">Number of shares.</param>
    public static void Transpose<T>(
        T* source, PanelShape shape, T* target, PanelShape targetShape, int segmentLength, int segmentRow, int width,
        int segmentStride, int worker, int workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int panels = shape.Panels;
        int last = (int)((long)panels * (worker + 1) / workers);
        for (int panel = (int)((long)panels * worker / workers); panel < last; panel++)
        {
            int columns = shape.WidthOf(panel) * shape.Lanes;
            T* from = source + shape.PanelStart(panel);
            for (int k = 0; k < shape.Depth; k++, from += columns)
            {
                int column = width == shape.Depth ? k : k / width * segmentStride + k % width;
                int targetPanel = column / (targetShape.PanelVectors * targetShape.Lanes);
                int targetRow = targetShape.WidthOf(targetPanel) * targetShape.Lanes;
                T* to = target + targetShape.PanelStart(targetPanel)
                    + column % (targetShape.PanelVectors * targetShape.Lanes)
                    + (nint)(segmentLength * panel + segmentRow) * targetRow;
                for (int j = 0; j < columns; j++)
                {
                    to[(nint)j * targetRow] = from[j];
                }
            }
        }
    }
}

/// <summary>The shape of a matrix in panels.</summary>
/// <param name="Depth">Rows.</param>
/// <param name="Vectors">Column vectors.</param>
/// <param name="PanelVectors">Column vectors of a full panel.</param>
/// <param name="Lanes">Numbers in a vector.</param>
public readonly record struct PanelShape(int Depth, int Vectors, int PanelVectors, int Lanes)
{
    /// <summary>Number of panels.</summary>
    public int Panels => (Vectors + PanelVectors - 1) / PanelVectors;

    /// <summary>Where a panel starts.</summary>
    /// <param name="panel">The panel.</param>
    public nint PanelStart(int panel) => (nint)panel * PanelVectors * Lanes * Depth;

    /// <summary>Column vectors of a panel: the last may be narrower.</summary>
    /// <param name="panel">The panel.</param>
    public int WidthOf(int panel) => Math.Min(PanelVectors, Vectors - panel * PanelVectors);
}
