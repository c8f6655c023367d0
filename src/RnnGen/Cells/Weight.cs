namespace RnnGen.Cells;

/// <summary>A trained vector with one value per unit, such as a peephole connection; starts at zero.</summary>
/// <param name="values">One value per unit, <c>[H]</c>.</param>
public sealed class Weight(params double[] values) : Vector(values);
