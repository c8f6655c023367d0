using System.Numerics;

namespace RnnGen.Kernels;

/// <summary>
/// A piece of work that is written once over lanes and run for a target by <see cref="SimdTargets.Run"/>.
/// </summary>
public interface ILanesWork
{
    /// <summary>Does the work.</summary>
    /// <typeparam name="TLanes">The vector to work in.</typeparam>
    /// <typeparam name="T">The number in a lane.</typeparam>
    void Run<TLanes, T>()
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
