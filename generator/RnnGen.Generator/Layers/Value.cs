using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>What one layer makes and others read: rows, their gradient, and where a stream finds them.</summary>
internal sealed record Value
{
    /// <summary>The rows; null while they are tokens, or before the first layer.</summary>
    public RowBuffer? Rows { get; init; }

    /// <summary>
    /// The rows' gradient; null where nobody asks for it. Every reader writes its part: the first in the backward pass
    /// stores it, the others add to it, which is found when all are known.
    /// </summary>
    public RowBuffer? Gradient { get; init; }

    /// <summary>
    /// How many layers read it. With one alone, what that layer makes may take the place of what nobody reads again.
    /// </summary>
    public int Readers { get; init; } = 1;

    /// <summary>
    /// Columns, in the rows' layout, that come from a direction from end to start: their last row is that of the first
    /// step. Where directions are mixed, as in a product, there are none.
    /// </summary>
    public EquatableArray<ColumnRun> Reverse { get; init; } = EquatableArray<ColumnRun>.Empty;

    /// <summary>What the recurrent layer below reads beside it, of its own making; null for nothing.</summary>
    public LoopedInput? Beside { get; init; }

    /// <summary>Where results go that a layer further up reads at the next step; null where none does.</summary>
    public Feedback? Feedback { get; init; }

    /// <summary>Where a streaming step finds the row; null in models that do not stream.</summary>
    public StepRow? Step { get; init; }

    /// <summary>A row in a streaming step is one segment without padding between.</summary>
    public int Size => Rows?.Size ?? 0;

    public RowKind Kind => Rows?.Kind ?? RowKind.PerStep;

    /// <summary>The rows as a product's left operand.</summary>
    public MatrixOperand Operand => OperandOf(Rows!);

    public static MatrixOperand OperandOf(RowBuffer rows) =>
        new(rows.Start, rows.Stride, rows.Segments, rows.Width, rows.SegmentStride);
}
