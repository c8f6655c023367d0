namespace RnnGen;

/// <summary>
/// Keeps one row per sequence, each number's largest value over the sequence's own steps: rows at every step become
/// <c>[B, size]</c>.
/// </summary>
public sealed class MaxAttribute : LayerAttribute;
