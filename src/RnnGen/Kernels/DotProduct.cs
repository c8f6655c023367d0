using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>
/// The product of two rows: what a layer of a few results takes, whose results would not fill a vector. Number k goes
/// to partial sum k mod 16; the partial sums are then folded in halves. So the sum is the same, bit for bit, whatever
/// the lanes, as long as multiply-adds round alike.
/// </summary>
public static unsafe class DotProduct
{
    /// <summary>Partial sums; shorter rows have nothing for lanes to do.</summary>
    public const int PartialSums = 16;

    /// <summary>start + Σ left[k] · right[k].</summary>
    /// <typeparam name="TLanes">The lanes; at most <see cref="PartialSums"/>.</typeparam>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">First row.</param>
    /// <param name="right">Second row.</param>
    /// <param name="length">Numbers in a row: 0 or more; no more are read.</param>
    /// <param name="start">What the sum starts from.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<TLanes, T>(T* left, T* right, int length, T start)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int whole = length / PartialSums * PartialSums;
        T sums = TLanes.Sum(Partial<TLanes, T>(left, right, whole));
        if (whole == length)
        {
            return sums + start;
        }

        // What is left over, in every lane: lanes decide how a multiply-add rounds.
        var rest = TLanes.Splat(start);
        for (int k = whole; k < length; k++)
        {
            rest = TLanes.MultiplyAdd(TLanes.Splat(left[k]), TLanes.Splat(right[k]), rest);
        }

        TLanes sum = TLanes.Splat(sums) + rest;
        return *(T*)&sum;
    }

    // Sizes and not TLanes.Count: the compiler knows them before it inlines, and looks at one case alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Partial<TLanes, T>(T* left, T* right, int whole)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => sizeof(TLanes) == 16 * sizeof(T) ? Sums16<TLanes, T>(left, right, whole)
            : sizeof(TLanes) == 8 * sizeof(T) ? Sums8<TLanes, T>(left, right, whole)
            : sizeof(TLanes) == 4 * sizeof(T) ? Sums4<TLanes, T>(left, right, whole)
            : sizeof(TLanes) == 2 * sizeof(T) ? Sums2<TLanes, T>(left, right, whole)
            : Sums2<TLanes, T>(left, right, whole) + Sums2<TLanes, T>(left + 1, right + 1, whole);

    // Count of the sums that start at the row's first numbers, each folded with those 8, 4 and 2 numbers on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sums2<TLanes, T>(T* left, T* right, int whole)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Sums4<TLanes, T>(left, right, whole) + Sums4<TLanes, T>(left + 2, right + 2, whole);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sums4<TLanes, T>(T* left, T* right, int whole)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Sums8<TLanes, T>(left, right, whole) + Sums8<TLanes, T>(left + 4, right + 4, whole);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sums8<TLanes, T>(T* left, T* right, int whole)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Sums16<TLanes, T>(left, right, whole) + Sums16<TLanes, T>(left + 8, right + 8, whole);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sums16<TLanes, T>(T* left, T* right, int whole)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes sum = default;
        for (int k = 0; k < whole; k += PartialSums)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(left + k), TLanes.Load(right + k), sum);
        }

        return sum;
    }
}
