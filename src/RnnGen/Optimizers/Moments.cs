using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>The moments of one vector of weights: what an update rule reads and writes by number.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <typeparam name="T">The number in a lane.</typeparam>
public readonly unsafe struct Moments<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T** _arenas;
    private readonly int _count;
    private readonly nint _start;

    // Places in the arenas, one a moment, of the vector that begins at a number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Moments(T** arenas, int count, nint start)
    {
        _arenas = arenas;
        _count = count;
        _start = start;
    }

    /// <summary>
    /// A moment of these weights. One that the optimizer's <see cref="Optimizer.MomentCount"/> leaves out is zero, and
    /// stays so: an option that is off costs no arena.
    /// </summary>
    /// <param name="moment">Number of the moment: 0 for the first.</param>
    public TLanes this[int moment]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)moment < (uint)_count ? TLanes.Load(_arenas[moment] + _start) : default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            if ((uint)moment < (uint)_count)
            {
                TLanes.Store(_arenas[moment] + _start, value);
            }
        }
    }
}
