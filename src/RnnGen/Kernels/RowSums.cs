using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>
/// Sums over the units of a row. Unit k goes to partial sum k mod 16; the partial sums are then folded in halves. So a
/// sum is the same, bit for bit, whatever the lanes.
/// </summary>
public static unsafe class RowSums
{
    /// <summary>Partial sums.</summary>
    public const int PartialSums = 16;

    /// <summary>The sum of all partial sums, whose memory it uses.</summary>
    /// <typeparam name="TLanes">The lanes; at most <see cref="PartialSums"/>.</typeparam>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="sums">The partial sums: <see cref="PartialSums"/> numbers, which need not be aligned.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fold<TLanes, T>(T* sums)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int half = PartialSums / 2; half >= TLanes.Count; half /= 2)
        {
            for (int i = 0; i < half; i += TLanes.Count)
            {
                TLanes.Store(sums + i, TLanes.Load(sums + i) + TLanes.Load(sums + i + half));
            }
        }

        return TLanes.Sum(TLanes.Load(sums));
    }
}
