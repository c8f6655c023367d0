namespace RnnGen.Cells;

/// <summary>
/// The gate is stored in weight files with the opposite sign. A file may state σ(−a) where the equation here states
/// 1 − σ(a): PyTorch's update gate keeps the old state, the one in the GRU's usual equations takes the new one.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NegatedInFilesAttribute : Attribute;
