namespace RnnGen.Generator.Planning;

/// <summary>One of the matrices that the same rows are multiplied with.</summary>
/// <param name="Blocks">How it is cut.</param>
internal sealed record RowProduct(PanelMatrix Matrix, ProductTarget Target, MatrixBlocks Blocks);

/// <summary>Rows that are multiplied with a matrix: each is some segments of equal length.</summary>
/// <param name="Start">The first number of row 0.</param>
internal sealed record MatrixOperand(
    Address Start, NamedNumber RowStride, int Segments, int SegmentLength, NamedNumber SegmentStride)
{
    /// <summary>Numbers of a row that a product takes together: a whole segment, where there are several.</summary>
    public int Unit => Segments > 1 ? SegmentLength : 1;
}

/// <summary>Where a product's panels go.</summary>
/// <param name="Start">The first number of row 0 of panel 0.</param>
/// <param name="BiasColumn">Where in a panel of the bias this product's columns start.</param>
internal sealed record ProductTarget(
    Address Start, NamedNumber PanelStride, NamedNumber RowStride, int BiasColumn = 0, int BiasPanelStride = 0);

/// <summary>What the sums of a product start from.</summary>
internal enum ProductStart
{
    Zero,
    Bias,

    /// <summary>What the target holds.</summary>
    Target,
}

/// <summary>Which source row a gradient row meets.</summary>
internal enum RowAlignment
{
    Same,

    /// <summary>The same sequence's row one step before, counted from the initial rows.</summary>
    StepBefore,

    /// <summary>The same sequence's row one step later; for its last step, its initial row.</summary>
    StepAfter,
}

/// <summary>
/// Copies a weight matrix into its transposed panels. The columns of the source's panels are the rows of the target:
/// panel after panel, <paramref name="SegmentLength"/> rows apart, from <paramref name="SegmentRow"/> on.
/// </summary>
/// <param name="Width">Rows of the source in one segment of the target's columns.</param>
/// <param name="SegmentStride">Columns of the target from one segment to the next.</param>
internal sealed record TransposePanels(
    PanelMatrix Source, PanelMatrix Target, int SegmentLength, int SegmentRow, int Width, int Segments,
        int SegmentStride);
