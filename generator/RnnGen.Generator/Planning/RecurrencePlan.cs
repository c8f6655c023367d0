using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>One recurrent layer in one direction: its cell, its weights and its buffers.</summary>
internal sealed record RecurrencePlan
{
    /// <summary>For instance <c>LstmLayer0</c> or <c>LstmLayer0Reverse</c>.</summary>
    public required string Name { get; init; }

    public required CellPlan Cell { get; init; }

    /// <summary>Runs from each sequence's end to its start.</summary>
    public required bool IsReverse { get; init; }

    /// <summary>Hidden units.</summary>
    public required int Size { get; init; }

    public required int Lanes { get; init; }

    /// <summary>Vectors of units.</summary>
    public int Blocks => ((Size - 1) / Lanes) + 1;

    /// <summary>Vectors of units in a group: the gates of a group lie in one panel.</summary>
    public required int GroupBlocks { get; init; }

    public int Groups => ((Blocks - 1) / GroupBlocks) + 1;

    public required GateBuffer Gates { get; init; }

    /// <summary>The first number of a slot in the first group of gates.</summary>
    public Address GatesAt(int slot) => Gates.Start.Plus(slot * Lanes);

    /// <summary>The recurrent products in the order of their operands.</summary>
    public required EquatableArray<RecurrentProduct> Products { get; init; }

    /// <summary>The transposed recurrent products.</summary>
    public required EquatableArray<TransposedProduct> TransposedProducts { get; init; }

    /// <summary>The states' rows; the first is the layer's output.</summary>
    public required EquatableArray<StatePlan> States { get; init; }

    /// <summary>For operands that are expressions, in the order of <see cref="CellPlan.Operands"/>; null for
    /// states.</summary>
    public required EquatableArray<OperandBuffers> Operands { get; init; }

    /// <summary>In the order of <see cref="CellPlan.Saved"/>.</summary>
    public required EquatableArray<RowBuffer> Saved { get; init; }

    /// <summary>In the order of the cell's weight vectors.</summary>
    public required EquatableArray<NamedOffset> Weights { get; init; }

    public required EquatableArray<RowBuffer> WeightGradients { get; init; }

    /// <summary>The gradient of the layer's output rows.</summary>
    public required RowBuffer OutputGradient { get; init; }

    /// <summary>What follows the cell at every step: nothing, unless its first state is projected.</summary>
    public ProjectionPlan? Projection { get; init; }

    /// <summary>What a forward pass reads or writes.</summary>
    public IEnumerable<Address> ForwardPlaces =>
    [
        Gates.Start,
        .. States.SelectMany(state => new[] { state.Rows, state.Initial, state.Result }).Select(rows => rows.Start),
        .. Operands.Where(operand => operand.Rows is not null).Select(operand => operand.Rows!.Start),
        .. Saved.Select(rows => rows.Start),
    ];

    /// <summary>What a backward pass reads or writes beside that.</summary>
    public IEnumerable<Address> BackwardPlaces =>
    [
        OutputGradient.Start,
        .. States.Select(state => state.Gradient.Start),
        .. Operands.Where(operand => operand.Gradient is not null).Select(operand => operand.Gradient!.Start),
        .. WeightGradients.Select(rows => rows.Start),
    ];

    /// <summary>The way through time that has nothing but this cell in it, and what belongs to it.</summary>
    public LoopPlan AsLoop() => Projection is { } projection
        ? new LoopPlan(
            IsReverse, new([new CellBlock(this), new RowBlock(new([projection.Forward]))]),
            new([new RowBlock(new([projection.Backward])), new CellBlock(this)]))
        : new LoopPlan(IsReverse, new([new CellBlock(this)]), new([new CellBlock(this)]));
}

/// <summary>The projection of a cell's first state, and its gradient.</summary>
internal sealed record ProjectionPlan(RowOperation Forward, RowOperation Backward);

/// <param name="Rows">The state after each step; its initial rows lie in front.</param>
/// <param name="Initial">The initial rows.</param>
/// <param name="Gradient">
/// The gradient handed from step to step, one row per sequence; of a projected state, the rows of its gradient in front
/// of those of the steps, which a step adds to where it read the state.
/// </param>
/// <param name="Result">What the equations make of it: the state itself, unless a projection comes between.</param>
internal sealed record StatePlan(RowBuffer Rows, RowBuffer Initial, RowBuffer Gradient, RowBuffer Result)
{
    public bool IsProjected => Result != Rows;

    /// <summary>Of a projected state the gradient after each step, as readers of the rows write it.</summary>
    public RowBuffer? RowsGradient { get; init; }
}

/// <summary>A state as the outside knows it: a part of the tensor <c>layer.name</c>, <c>[L·D, B, H]</c>.</summary>
/// <param name="Layer">The name of the layer.</param>
/// <param name="Name">The cell's name for it.</param>
/// <param name="Place">Which of the L·D layers and directions it is.</param>
/// <param name="Rows">Its rows in a pass.</param>
/// <param name="Stream">Its place in the state of a stream; null where the model does not stream.</param>
internal sealed record NamedStatePlan(
    string Layer, string Name, int Place, bool IsReverse, StatePlan Rows, NamedOffset? Stream)
{
    /// <summary>Which of the stack's recurrent layers it is of, those that are stacked in one counted each.</summary>
    public int StackedLayer { get; init; }

    /// <summary>Which of its layer's directions it is.</summary>
    public int Direction { get; init; }

    /// <summary>It starts from what another stack ends in, and not from what the caller gives.</summary>
    public bool IsJoined { get; init; }

    /// <summary>The axis that its rows follow.</summary>
    public required AxisPlan Axis { get; init; }

    /// <summary>The parameters that sequences start from where nothing else is given; null for zeros.</summary>
    public required NamedOffset? Learned { get; init; }
}

/// <param name="Rows">What recurrent weights are multiplied with; null where it is a state.</param>
internal sealed record OperandBuffers(RowBuffer? Rows, RowBuffer? Gradient);

/// <summary>A run of slots that one product with a recurrent operand adds to.</summary>
internal sealed record RecurrentProduct(int Operand, int Stage, int FirstSlot, int Slots, PanelMatrix Matrix);

/// <summary>The gradient that a run of slots sends to their operand.</summary>
/// <param name="Pass">The backward pass after whose program the product stands.</param>
/// <param name="Adds">Whether the target holds a part of the gradient already.</param>
internal sealed record TransposedProduct(
    int Operand, int Pass, int FirstSlot, int Slots, PanelMatrix Matrix, bool Adds);
