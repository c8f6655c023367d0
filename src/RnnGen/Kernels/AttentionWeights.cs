using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>The weights that attention gives to the rows of a source.</summary>
public static unsafe class AttentionWeights
{
    /// <summary>
    /// Turns scores into weights by softmax, in place. Exponentials are added one after the other, so that the weights
    /// are the same, bit for bit, whatever the lanes.
    /// </summary>
    /// <typeparam name="TLanes">The vector to work in.</typeparam>
    /// <typeparam name="T">The number in a lane.</typeparam>
    /// <param name="scores">The scores.</param>
    /// <param name="count">How many there are: 1 or more.</param>
    /// <param name="padded">Numbers in the row: whole vectors. Those behind the scores become 0.</param>
    [MethodImpl(KernelOptions.Kernel)]
    public static void Row<TLanes, T>(T* scores, int count, int padded)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = scores[0];
        for (int i = 1; i < count; i++)
        {
            largest = scores[i] > largest ? scores[i] : largest;
        }

        for (int i = count; i < padded; i++)
        {
            scores[i] = T.NegativeInfinity;
        }

        var shift = TLanes.Splat(largest);
        for (int i = 0; i < padded; i += TLanes.Count)
        {
            TLanes.Store(scores + i, TLanes.Exp(TLanes.Load(scores + i) - shift));
        }

        T sum = T.Zero;
        for (int i = 0; i < count; i++)
        {
            sum += scores[i];
        }

        var share = TLanes.Splat(T.One / sum);
        for (int i = 0; i < padded; i += TLanes.Count)
        {
            TLanes.Store(scores + i, TLanes.Load(scores + i) * share);
        }

        // As the exponential of no number at all, exactly.
        for (int i = count; i < padded; i++)
        {
            scores[i] = T.Zero;
        }
    }
}
