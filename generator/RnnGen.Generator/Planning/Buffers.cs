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
/// <param name="Name">The constant that holds the offset of row 0; empty for the batch's own features.</param>
/// <param name="Width">Numbers in a segment.</param>
/// <param name="SegmentStride">Numbers from one segment to the next.</param>
/// <param name="Stride">Numbers from one row to the next.</param>
internal sealed record RowBuffer(
    string Name, int Offset, int Width, int Segments, int SegmentStride, NamedNumber Stride, RowKind Rows)
{
    /// <summary>Numbers in a row, without padding.</summary>
    public int Size => Width * Segments;

    /// <summary>Where the row of packed index 0 starts, as emitted code writes it.</summary>
    public string Start => Name.Length == 0 ? "pass.Features" : "pass.Workspace + " + Name;

    /// <summary>One segment alone.</summary>
    public RowBuffer Segment(int index) =>
        this with { Name = index == 0 ? Name : $"{Name} + {index * SegmentStride}", Segments = 1 };
}

/// <summary>The matrix products of a recurrent layer: per group of units one panel of rows, all slots side by
/// side.</summary>
/// <param name="GroupStride">Numbers from one group to the next.</param>
/// <param name="RowStride">Numbers from one row of a group to the next.</param>
internal sealed record GateBuffer(
    string Name, int Offset, int Groups, NamedNumber GroupStride, NamedNumber RowStride);

/// <summary>
/// A weight matrix in panels: <paramref name="Vectors"/> column vectors, cut in panels of
/// <paramref name="PanelVectors"/>, the last perhaps narrower; inside a panel its rows follow one another.
/// </summary>
/// <param name="PanelStride">Numbers from one panel to the next.</param>
internal sealed record PanelMatrix(
    string Name, int Depth, int Vectors, int PanelVectors, int Lanes, NamedNumber PanelStride)
{
    public int Panels => (Vectors + PanelVectors - 1) / PanelVectors;

    /// <summary>Vectors of the last panel.</summary>
    public int LastPanelVectors => Vectors - ((Panels - 1) * PanelVectors);
}

/// <summary>
/// The weights of a dense layer of few results, a row for each: a vector of results would be nearly empty, so vectors
/// run along the inputs.
/// </summary>
/// <param name="Results">Rows.</param>
/// <param name="Inputs">Numbers in a row.</param>
/// <param name="Stride">Numbers from one row to the next: whole vectors.</param>
internal sealed record NarrowMatrix(string Name, int Results, int Inputs, int Stride);

/// <summary>A named place of an arena, for the table of constants in emitted code.</summary>
/// <param name="Comment">Shape and meaning.</param>
internal sealed record NamedOffset(string Name, int Offset, string Comment);

/// <summary>A tensor as weight files know it.</summary>
internal sealed record TensorPlan(string Name, EquatableArray<int> Shape, EquatableArray<TensorPartPlan> Parts);

/// <param name="Map">The C# that constructs the part's map.</param>
/// <param name="Initializer">The C# that constructs the part's initializer, or null for zeros.</param>
internal sealed record TensorPartPlan(
    int FirstRow, int Rows, int Columns, string Map, bool Negated, bool IsAddend, string? Initializer);
