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
    // The first two stand in registers: measured, a table alone makes Adam take 2.6 times as long.
    private readonly T* _first;
    private readonly T* _second;
    private readonly T** _arenas;
    private readonly int _count;
    private readonly nint _start;

    // The first number of the arenas' vector; first and second are the arenas' own, or null.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Moments(T* first, T* second, T** arenas, int count, nint start)
    {
        _first = first;
        _second = second;
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
        get
        {
            T* arena = Arena(moment);
            return arena == null ? default : TLanes.Load(arena + _start);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            T* arena = Arena(moment);
            if (arena != null)
            {
                TLanes.Store(arena + _start, value);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* Arena(int moment) => moment switch
    {
        0 => _first,
        1 => _second,
        _ => (uint)moment < (uint)_count ? _arenas[moment] : null,
    };
}
