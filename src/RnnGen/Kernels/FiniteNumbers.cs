using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Kernels;

/// <summary>Tells whether numbers are finite, at the speed of memory.</summary>
internal static unsafe class FiniteNumbers
{
    /// <summary>Whether none of the numbers is infinite or NaN.</summary>
    public static bool All<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* pointer = values)
        {
            var work = new Work { Values = pointer, Length = values.Length };
            SimdTargets.Run<Work, T>(SimdTargets.Best, ref work);
            return work.AreFinite;
        }
    }

    /// <summary>Place of the first number that is infinite or NaN; −1 if there is none, or no kind of number has any.
    /// </summary>
    public static int IndexOfOther<TValue>(ReadOnlySpan<TValue> values)
        where TValue : unmanaged
    {
        if (typeof(TValue) == typeof(float))
        {
            return Find(MemoryMarshal.Cast<TValue, float>(values));
        }

        return typeof(TValue) == typeof(double) ? Find(MemoryMarshal.Cast<TValue, double>(values)) : -1;
    }

    private static int Find<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (All(values))
        {
            return -1;
        }

        int place = 0;
        while (T.IsFinite(values[place]))
        {
            place++;
        }

        return place;
    }

    private struct Work : ILanesWork
    {
        public void* Values;
        public int Length;
        public bool AreFinite;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            int whole = Length - (Length % TLanes.Count);
            T sum = Zeros<TLanes, T>(0, whole) + Zeros<Lanes1<T>, T>(whole, Length);
            AreFinite = !T.IsNaN(sum);
        }

        // Zero times a number is zero, but NaN where the number is infinite or NaN.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly T Zeros<TLanes, T>(int start, int end)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            TLanes zero = default, sum = default;
            for (int i = start; i < end; i += TLanes.Count)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load((T*)Values + i), zero, sum);
            }

            return TLanes.Sum(sum);
        }
    }
}
