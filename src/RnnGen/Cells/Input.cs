namespace RnnGen.Cells;

/// <summary>The cell's input vector at one step, the operand of the gates' input matrices.</summary>
/// <param name="values">One value per input feature, <c>[I]</c>.</param>
public sealed class Input(params double[] values) : Vector(values);
