using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

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
    /// <param name="shape">Its shape, of which some rows may be meant.</param>
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
        int targetWidth = targetShape.PanelVectors * targetShape.Lanes;
        int last = (int)((long)panels * (worker + 1) / workers);
        for (int panel = (int)((long)panels * worker / workers); panel < last; panel++)
        {
            int columns = shape.WidthOf(panel) * shape.Lanes;
            T* from = source + shape.PanelStart(panel) + (nint)shape.FirstRow * columns;

            // Rows that lie side by side in the target: of one segment and one of its panels.
            for (int k = 0, rows; k < shape.Rows; k += rows, from += (nint)rows * columns)
            {
                int column = k / width * segmentStride + k % width;
                rows = Math.Min(shape.Rows - k, Math.Min(width - k % width, targetWidth - column % targetWidth));
                int targetPanel = column / targetWidth;
                int targetRow = targetShape.WidthOf(targetPanel) * targetShape.Lanes;
                T* to = target + targetShape.PanelStart(targetPanel) + column % targetWidth
                    + (nint)(segmentLength * panel + segmentRow) * targetRow;
                TransposeRows(from, rows, columns, to, targetRow);
            }
        }
    }

    // target[j, i] = source[i, j]: tiles of 4 × 4 in registers, then what is left. Compiled fully before its first
    // call: the JIT's first version made the first sixty steps of a training slower by a seventh.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeRows<T>(T* source, int rows, int columns, T* target, int targetRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int tiled = typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated ? rows & ~3 : 0;
        int wide = columns & ~3;
        for (int i = 0; i < tiled; i += 4)
        {
            for (int j = 0; j < wide; j += 4)
            {
                TransposeTile(
                    (float*)(source + (nint)i * columns + j), columns, (float*)(target + (nint)j * targetRow + i),
                    targetRow);
            }
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = i < tiled ? wide : 0; j < columns; j++)
            {
                target[(nint)j * targetRow + i] = source[(nint)i * columns + j];
            }
        }
    }

    // Zipping rows 0 with 2 and 1 with 3, twice.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeTile(float* source, nint sourceRow, float* target, nint targetRow)
    {
        var row0 = Vector128.Load(source);
        var row1 = Vector128.Load(source + sourceRow);
        var row2 = Vector128.Load(source + 2 * sourceRow);
        var row3 = Vector128.Load(source + 3 * sourceRow);
        var even0 = ZipLow(row0, row2);
        var even1 = ZipHigh(row0, row2);
        var odd0 = ZipLow(row1, row3);
        var odd1 = ZipHigh(row1, row3);
        ZipLow(even0, odd0).Store(target);
        ZipHigh(even0, odd0).Store(target + targetRow);
        ZipLow(even1, odd1).Store(target + 2 * targetRow);
        ZipHigh(even1, odd1).Store(target + 3 * targetRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackLow(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
        : Vector128.Create(left[0], right[0], left[1], right[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackHigh(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
        : Vector128.Create(left[2], right[2], left[3], right[3]);
}

/// <summary>The shape of a matrix in panels.</summary>
/// <param name="Depth">Rows.</param>
/// <param name="Vectors">Column vectors.</param>
/// <param name="PanelVectors">Column vectors of a full panel.</param>
/// <param name="Lanes">Numbers in a vector.</param>
public readonly record struct PanelShape(int Depth, int Vectors, int PanelVectors, int Lanes)
{
    /// <summary>Rows in front of those that are meant.</summary>
    public int FirstRow { get; private init; }

    /// <summary>How many rows are meant: all, unless some were chosen.</summary>
    public int Rows { get; private init; } = Depth;

    /// <summary>The same shape, of which some rows are meant.</summary>
    /// <param name="first">Rows in front of them.</param>
    /// <param name="count">How many.</param>
    public PanelShape Range(int first, int count) => this with { FirstRow = first, Rows = count };

    /// <summary>Number of panels.</summary>
    public int Panels => (Vectors + PanelVectors - 1) / PanelVectors;

    /// <summary>Where a panel starts.</summary>
    /// <param name="panel">The panel.</param>
    public nint PanelStart(int panel) => (nint)panel * PanelVectors * Lanes * Depth;

    /// <summary>Column vectors of a panel: the last may be narrower.</summary>
    /// <param name="panel">The panel.</param>
    public int WidthOf(int panel) => Math.Min(PanelVectors, Vectors - panel * PanelVectors);
}
