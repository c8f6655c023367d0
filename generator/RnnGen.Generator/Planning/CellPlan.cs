using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// A cell cut into matrix products and pointwise programs, forward and backward. The same for every size and target.
/// </summary>
internal sealed record CellPlan
{
    public required string Name { get; init; }

    public required EquatableArray<string> States { get; init; }

    /// <summary>The matrix products' results per unit, in the order in which they lie side by side.</summary>
    public required EquatableArray<SlotPlan> Slots { get; init; }

    /// <summary>Recurrent operands: what is multiplied with recurrent weights, in the order of their stages.</summary>
    public required EquatableArray<OperandPlan> Operands { get; init; }

    /// <summary>Values kept for the backward pass in buffers of their own.</summary>
    public required EquatableArray<string> Saved { get; init; }

    /// <summary>One pointwise program per stage; between them stand the products of the next stage.</summary>
    public required EquatableArray<EquationProgram> Forward { get; init; }

    /// <summary>One pointwise program per pass, the last stage first.</summary>
    public required EquatableArray<EquationProgram> Backward { get; init; }

    /// <summary>For each state whether the backward programs leave a part of its gradient for the products to add
    /// to.</summary>
    public required EquatableArray<bool> StateGradientStarted { get; init; }

    /// <summary>
    /// Whether a derivative may be no number where everything is zero, as it is in the padding behind the last unit:
    /// there is a division by what may be zero.
    /// </summary>
    public required bool MayFailAtZero { get; init; }
}

/// <summary>A matrix product's result.</summary>
/// <param name="Gate">Index of the gate.</param>
/// <param name="Stage">The stage whose program reads it.</param>
/// <param name="Operand">Index of the recurrent operand, or -1.</param>
internal sealed record SlotPlan(string Name, int Gate, bool HasInput, int Operand, int Stage);

/// <summary>What recurrent weights are multiplied with.</summary>
/// <param name="State">The state that it is, or -1 for an expression.</param>
/// <param name="Stage">The stage whose products read it; an expression is computed in the stage before.</param>
/// <param name="Pass">For an expression, the backward pass that reads its gradient.</param>
internal sealed record OperandPlan(string Name, int State, int Stage, int Pass);
