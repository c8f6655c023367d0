namespace RnnGen;

/// <summary>
/// Keeps one row per sequence, the mean over the sequence's own steps: rows at every step become <c>[B, size]</c>.
/// </summary>
/// <remarks>
/// A stream gives the mean so far at each step. It counts its steps exactly up to 2^24 in single precision; beyond,
/// each step weighs as much as the 2^24th.
/// </remarks>
public sealed class MeanAttribute : LayerAttribute;
