using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A way through time: at every step the same blocks, one after the other; backward in the other order.
/// </summary>
/// <param name="IsReverse">From each sequence's end to its start.</param>
internal sealed record LoopPlan(bool IsReverse, EquatableArray<LoopBlock> Blocks)
{
    public IEnumerable<RecurrencePlan> Cells => Blocks.OfType<CellBlock>().Select(block => block.Cell);

    /// <summary>Every place whose rows a pass reads or writes.</summary>
    public IEnumerable<Address> Places(bool isBackward) => Blocks.SelectMany(block => block.Places(isBackward));

    /// <summary>The blocks in the order of a pass.</summary>
    public IEnumerable<LoopBlock> InOrder(bool isBackward) => isBackward ? Blocks.Reverse() : Blocks;
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

/// <summary>Operations on the rows of the step.</summary>
internal sealed record RowBlock(EquatableArray<RowOperation> Forward, EquatableArray<RowOperation> Backward)
    : LoopBlock
{
    public override IEnumerable<Address> Places(bool isBackward) =>
        Of(isBackward).SelectMany(operation => operation.Places);

    public EquatableArray<RowOperation> Of(bool isBackward) => isBackward ? Backward : Forward;
}
