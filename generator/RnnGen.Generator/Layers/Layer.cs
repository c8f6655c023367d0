using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>What a layer is in a stack: where it may stand.</summary>
internal enum LayerRole
{
    /// <summary>Reads the model's input; the first layer, and only it.</summary>
    Source,

    /// <summary>Turns rows at every step into rows at every step, looking at other steps.</summary>
    Recurrent,

    /// <summary>Turns each row into another.</summary>
    Row,

    /// <summary>Turns the rows of a sequence into one.</summary>
    Pool,

    /// <summary>Judges the outputs; the last.</summary>
    Loss,
}

/// <summary>A kind of layer: its place in a stack, its shape and its part of the plan.</summary>
internal abstract class Layer
{
    public abstract LayerRole Role { get; }

    /// <summary>Numbers in a row of the layer's result.</summary>
    public abstract int OutputSize(LayerSpec layer, int inputSize);

    /// <summary>Adds the layer's parameters, buffers and operations, and says where its result lies.</summary>
    public abstract Flow Plan(LayerSpec layer, Flow input, PlanBuilder builder);
}

/// <summary>What flows from layer to layer.</summary>
internal sealed record Flow
{
    /// <summary>The rows; null while they are tokens, or before the first layer.</summary>
    public RowBuffer? Rows { get; init; }

    /// <summary>The rows' gradient; null where nobody asks for it.</summary>
    public RowBuffer? Gradient { get; init; }

    /// <summary>The second segment of a row belongs to the direction from end to start.</summary>
    public bool IsBidirectional { get; init; }

    /// <summary>Where a streaming step finds the row; null in models that do not stream.</summary>
    public StepRow? Step { get; init; }

    /// <summary>A row in a streaming step is one segment without padding between.</summary>
    public int Size => Rows?.Size ?? 0;

    public RowKind Kind => Rows?.Rows ?? RowKind.PerStep;

    /// <summary>The rows as a product's left operand.</summary>
    public MatrixOperand Operand => OperandOf(Rows!);

    public static MatrixOperand OperandOf(RowBuffer rows) =>
        new(rows.Start, rows.Stride, rows.Segments, rows.Width, rows.SegmentStride);
}
