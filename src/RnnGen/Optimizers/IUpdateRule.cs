using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>
/// An optimizer's equations, written once for every vector width: a struct that holds the constants of one step. Mark
/// <see cref="Apply"/> with <c>AggressiveInlining</c>: it is called for every vector of the weights.
/// </summary>
public interface IUpdateRule
{
    /// <summary>New weights of one vector.</summary>
    /// <typeparam name="TLanes">The vector.</typeparam>
    /// <typeparam name="T">The number in a lane.</typeparam>
    /// <param name="weight">The weights before the step.</param>
    /// <param name="gradient">Their gradients, scaled.</param>
    /// <param name="moments">Their moments, to be replaced by new ones.</param>
    /// <returns>The weights after the step.</returns>
    TLanes Apply<TLanes, T>(TLanes weight, TLanes gradient, ref Moments<TLanes, T> moments)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
