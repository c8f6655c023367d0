using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>Softmax: eˣ of every number, divided by their sum, so that they become probabilities.</summary>
public static unsafe class SoftmaxKernel
{
    /// <summary>Turns a row of logits into probabilities, in place.</summary>
    /// <typeparam name="TLanes">The vector to work in.</typeparam>
    /// <typeparam name="T">The number in a lane.</typeparam>
    /// <param name="values">The row.</param>
    /// <param name="count">Numbers in the row: 1 or more, any number; nothing beyond them is touched.</param>
    [MethodImpl(KernelOptions.Kernel)]
    public static void Row<TLanes, T>(T* values, int count)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = Exponentials<TLanes, T>(values, count, Largest<TLanes, T>(values, count));
        Multiply<TLanes, T>(values, count, T.One / sum);
    }

    /// <summary>The largest of 1 or more numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Largest<TLanes, T>(T* values, int count)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Two chains hide the latency of the comparison.
        int block = 2 * TLanes.Count;
        int i = 0;
        T largest = *values;
        if (count >= block)
        {
            var even = TLanes.Load(values);
            var odd = TLanes.Load(values + TLanes.Count);
            for (i = block; i <= count - block; i += block)
            {
                even = TLanes.Max(even, TLanes.Load(values + i));
                odd = TLanes.Max(odd, TLanes.Load(values + i + TLanes.Count));
            }

            largest = TLanes.MaxAcross(TLanes.Max(even, odd));
        }

        if (i <= count - TLanes.Count)
        {
            T vector = TLanes.MaxAcross(TLanes.Load(values + i));
            largest = vector > largest ? vector : largest;
            i += TLanes.Count;
        }

        for (; i < count; i++)
        {
            largest = values[i] > largest ? values[i] : largest;
        }

        return largest;
    }

    /// <summary>
    /// Replaces every number by e to the power of it less <paramref name="largest"/>; returns their sum.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Exponentials<TLanes, T>(T* values, int count, T largest)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shift = TLanes.Splat(largest);
        TLanes even = default, odd = default;
        int i = 0;
        for (; i <= count - (2 * TLanes.Count); i += 2 * TLanes.Count)
        {
            var first = TLanes.Exp(TLanes.Load(values + i) - shift);
            var second = TLanes.Exp(TLanes.Load(values + i + TLanes.Count) - shift);
            TLanes.Store(values + i, first);
            TLanes.Store(values + i + TLanes.Count, second);
            even += first;
            odd += second;
        }

        if (i <= count - TLanes.Count)
        {
            var last = TLanes.Exp(TLanes.Load(values + i) - shift);
            TLanes.Store(values + i, last);
            even += last;
            i += TLanes.Count;
        }

        T sum = TLanes.Sum(even + odd);
        for (; i < count; i++)
        {
            Lanes1<T>.Store(values + i, Lanes1<T>.Exp(new Lanes1<T>(values[i] - largest)));
            sum += values[i];
        }

        return sum;
    }

    /// <summary>Multiplies every number by <paramref name="factor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Multiply<TLanes, T>(T* values, int count, T factor)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var factors = TLanes.Splat(factor);
        int i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(values + i, TLanes.Load(values + i) * factors);
        }

        for (; i < count; i++)
        {
            values[i] *= factor;
        }
    }

    /// <summary>Where the largest of 1 or more logits stands, the first of equal ones.</summary>
    internal static int MostLikely<T>(ReadOnlySpan<T> logits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }

        return best;
    }

    /// <summary>Softmax of logits over a temperature; arguments have been checked.</summary>
    internal static void Apply<T>(ReadOnlySpan<T> logits, Span<T> probabilities, T temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        logits.CopyTo(probabilities);
        fixed (T* values = probabilities)
        {
            var work = new Work
            {
                Values = values,
                Count = probabilities.Length,
                Temperature = double.CreateTruncating(temperature),
            };
            SimdTargets.Run<Work, T>(SimdTargets.Best, ref work);
        }
    }

    private struct Work : ILanesWork
    {
        public void* Values;
        public int Count;
        public double Temperature;

        public readonly void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            if (Temperature != 1)
            {
                // The largest logit becomes 0 first, so that a low temperature cannot overflow.
                T largest = Largest<TLanes, T>((T*)Values, Count);
                T temperature = T.CreateTruncating(Temperature);
                for (int i = 0; i < Count; i++)
                {
                    ((T*)Values)[i] = (((T*)Values)[i] - largest) / temperature;
                }
            }

            Row<TLanes, T>((T*)Values, Count);
        }
    }
}
