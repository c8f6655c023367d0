using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Losses;

/// <summary>A loss whose target is as many values per row as there are outputs.</summary>
public unsafe interface IValueLoss
{
    /// <summary>The loss of one row, and its gradient in place of the outputs.</summary>
    /// <typeparam name="TLanes">The vector to work in.</typeparam>
    /// <typeparam name="T">The number in a lane.</typeparam>
    /// <param name="outputs">
    /// The row: aligned to 64 bytes, with room up to a multiple of the vector's numbers. Replaced by
    /// <paramref name="gradientScale"/> · ∂loss/∂outputs; the room beyond <paramref name="count"/> becomes zeros.
    /// </param>
    /// <param name="count">Outputs: 1 or more.</param>
    /// <param name="target">The wanted values, <paramref name="count"/> of them: not aligned, no room beyond.</param>
    /// <param name="gradientScale">
    /// What the gradient is multiplied by: 1 / rows when losses are averaged over rows.
    /// </param>
    /// <returns>The row's loss, not scaled.</returns>
    static abstract T Row<TLanes, T>(T* outputs, int count, T* target, T gradientScale)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
