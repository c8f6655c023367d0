using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>How many rows a buffer holds.</summary>
internal enum RowKind
{
    /// <summary>One per step and sequence, packed.</summary>
    PerStep,

    /// <summary>One per sequence.</summary>
    PerSequence,
}

/// <summary>
/// Rows of numbers in the workspace. A row is one or two segments (a bidirectional layer has one per direction), each
/// padded to whole vectors.
/// </summary>
/// <param name="Start">The first number of the row of packed index 0.</param>
/// <param name="Width">Numbers in a segment.</param>
/// <param name="SegmentStride">Numbers from one segment to the next.</param>
/// <param name="Stride">Numbers from one row to the next.</param>
internal sealed record RowBuffer(
    Address Start, int Width, int Segments, int SegmentStride, NamedNumber Stride, RowKind Kind)
{
    /// <summary>Numbers in a row, without padding.</summary>
    public int Size => Saturating.ToInt((long)Width * Segments);

    /// <summary>Its columns without padding, side by side in other rows.</summary>
    /// <param name="column">Where they start there.</param>
    public EquatableArray<ColumnRun> Columns(int column = 0) => Enumerable.Range(0, Segments)
        .Select(segment => new ColumnRun(segment * SegmentStride, column + (segment * Width), Width))
        .ToEquatableArray();

    /// <summary>One segment alone.</summary>
    public RowBuffer Segment(int index) =>
        this with { Start = Start.Plus(index * SegmentStride), Segments = 1 };
}

/// <summary>The matrix products of a recurrent layer: per group of units one panel of rows, all slots side by
/// side.</summary>
/// <param name="GroupStride">Numbers from one group to the next.</param>
/// <param name="RowStride">Numbers from one row of a group to the next.</param>
internal sealed record GateBuffer(Address Start, int Groups, NamedNumber GroupStride, NamedNumber RowStride);

/// <summary>
/// A weight matrix in panels: <paramref name="Vectors"/> column vectors, cut in panels of
/// <paramref name="PanelVectors"/>, the last perhaps narrower; inside a panel its rows follow one another.
/// </summary>
/// <param name="PanelStride">Numbers from one panel to the next.</param>
internal sealed record PanelMatrix(
    NamedOffset Place, int Depth, int Vectors, int PanelVectors, int Lanes, NamedNumber PanelStride)
{
    public string Name => Place.Name;

    public Address Start => Place.Start;

    public int Panels => ((Vectors - 1) / PanelVectors) + 1;

    /// <summary>Vectors of the last panel.</summary>
    public int LastPanelVectors => Vectors - ((Panels - 1) * PanelVectors);

    /// <summary>Rows that lie in front of these in every panel, where they are some of a matrix.</summary>
    public int FirstRow { get; init; }

    /// <summary>Rows of the whole matrix.</summary>
    public int WholeDepth { get; init; } = Depth;

    /// <summary>Some of its rows.</summary>
    public PanelMatrix Range(int first, int count) => this with { FirstRow = FirstRow + first, Depth = count };
}

/// <summary>
/// The weights of a dense layer of few results, a row for each: a vector of results would be nearly empty, so vectors
/// run along the inputs.
/// </summary>
/// <param name="Results">Rows.</param>
/// <param name="Inputs">Numbers in a row.</param>
/// <param name="Stride">Numbers from one row to the next: whole vectors.</param>
internal sealed record NarrowMatrix(NamedOffset Place, int Results, int Inputs, int Stride)
{
    public Address Start => Place.Start;
}

/// <summary>A named place of an arena, for the table of constants in emitted code.</summary>
/// <param name="Comment">Shape and meaning.</param>
/// <param name="IsDistance">It tells how far parts of the place before it are from each other.</param>
internal sealed record NamedOffset(
    MemoryArena Arena, string Name, int Offset, string Comment, bool IsDistance = false)
{
    /// <summary>Of rows in <see cref="MemoryArena.Scratch"/>, where they lie outside of training.</summary>
    public int OffsetOutsideTraining { get; init; }

    public Address Start => new(Arena, Name);
}
