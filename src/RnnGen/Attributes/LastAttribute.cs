namespace RnnGen;

/// <summary>
/// Keeps one row per sequence, that of its own last step: rows at every step become <c>[B, size]</c>. After a
/// bidirectional layer it is the last row of each direction: for the backward one, the row of the first step.
/// </summary>
public sealed class LastAttribute : LayerAttribute;
