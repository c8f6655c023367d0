namespace RnnGen;

/// <summary>
/// Keeps one row per sequence, the mean over the sequence's own steps: rows at every step become <c>[B, size]</c>.
/// </summary>
public sealed class MeanAttribute : LayerAttribute;
