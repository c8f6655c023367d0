using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A way through time: at every step the same blocks, one after the other.</summary>
/// <param name="IsReverse">From each sequence's end to its start.</param>
/// <param name="Forward">What a step of the forward pass does.</param>
/// <param name="Backward">What a step back does.</param>
internal sealed record LoopPlan(bool IsReverse, EquatableArray<LoopBlock> Forward, EquatableArray<LoopBlock> Backward)
{
    /// <summary>Gradients handed from step to step beside those of the cells' states: zeros at first.</summary>
    public EquatableArray<RowBuffer> Carried { get; init; } = EquatableArray<RowBuffer>.Empty;

    public IEnumerable<RecurrencePlan> Cells => Forward.OfType<CellBlock>().Select(block => block.Cell);

    /// <summary>Every place whose rows a pass reads or writes.</summary>
    public IEnumerable<Address> Places(bool isBackward) =>
        Blocks(isBackward).SelectMany(block => block.Places(isBackward))
            .Concat(isBackward ? Carried.Select(rows => rows.Start) : []);

    /// <summary>The blocks of a pass.</summary>
    public EquatableArray<LoopBlock> Blocks(bool isBackward) => isBackward ? Backward : Forward;
}

/// <summary>A part of each step of a loop: what lies on a cycle through time.</summary>
internal abstract record LoopBlock
{
    /// <summary>Every place whose rows a pass reads or writes.</summary>
    public abstract IEnumerable<Address> Places(bool isBackward);
}

/// <summary>A recurrent cell: products with recurrent weights and the equations.</summary>
internal sealed record CellBlock(RecurrencePlan Cell) : LoopBlock
{
    public override IEnumerable<Address> Places(bool isBackward) =>
        isBackward ? [.. Cell.ForwardPlaces, .. Cell.BackwardPlaces] : Cell.ForwardPlaces;
}

/// <summary>Operations on the rows of the step, one after the other.</summary>
internal sealed record RowBlock(EquatableArray<RowOperation> Operations) : LoopBlock
{
    public override IEnumerable<Address> Places(bool isBackward) =>
        Operations.SelectMany(operation => operation.Places);
}
