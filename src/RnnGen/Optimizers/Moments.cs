using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen;

/// <summary>The moments of one vector of weights: what an update rule reads and writes by number.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <typeparam name="T">The number in a lane.</typeparam>
public unsafe struct Moments<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The first two stand in registers, loaded before the rule runs and stored after it: measured, a table of pointers
    // alone makes updates take up to four times as long.
    internal TLanes First;
    internal TLanes Second;
    private readonly UpdateRange<T>* _all;
    private readonly nint _start;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Moments(UpdateRange<T>* all, nint start, TLanes first, TLanes second)
    {
        First = first;
        Second = second;
        _all = all;
        _start = start;
    }

    /// <summary>
    /// A moment of these weights. One that the optimizer's <see cref="Optimizer.MomentCount"/> leaves out is zero
    /// before every step: an option that is off costs no arena.
    /// </summary>
    /// <param name="moment">Number of the moment: 0 for the first.</param>
    public TLanes this[int moment]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => moment switch
        {
            0 => First,
            1 => Second,
            _ => (uint)moment < (uint)_all->MomentCount ? TLanes.Load(_all->Moments[moment] + _start) : default,
        };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            if (moment == 0)
            {
                First = value;
            }
            else if (moment == 1)
            {
                Second = value;
            }
            else if ((uint)moment < (uint)_all->MomentCount)
            {
                TLanes.Store(_all->Moments[moment] + _start, value);
            }
        }
    }
}
