using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>
/// Dropout: numbers are set to 0 at random, and the rest scaled so that the mean stays. Whether a number is dropped
/// follows from the key, its row and its column alone, so nothing is stored: the backward pass applies the same mask
/// to the gradient by asking again.
/// </summary>
public static unsafe class Dropout
{
    // One 64-bit hash decides for four numbers, 16 bits each.
    private const int DecisionsPerHash = 4;

    // Enough for the first hashes of a block to have left the store buffer when the vectors read them.
    private const int BlockColumns = 256;

    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>
    /// The key of one dropout layer in one pass; two layers with one key would drop the same numbers.
    /// </summary>
    /// <param name="passKey">Key of the pass; 0 means no dropout and gives 0.</param>
    /// <param name="site">Which dropout layer of the model.</param>
    /// <returns>0 only for a <paramref name="passKey"/> of 0.</returns>
    public static ulong SiteKey(ulong passKey, int site)
    {
        ulong key = Mix(passKey ^ Mix((ulong)(uint)site + Golden));
        return passKey == 0 ? 0 : key == 0 ? Golden : key;
    }

    /// <summary>Multiplies every number by 0 or by 1 / (1 − rate).</summary>
    /// <typeparam name="TLanes">The vector to work in; the mask does not depend on it.</typeparam>
    /// <typeparam name="T">The number in a lane.</typeparam>
    /// <param name="rows">First of <paramref name="rowCount"/> rows.</param>
    /// <param name="rowCount">Rows: 0 or more.</param>
    /// <param name="width">Numbers in a row; those beyond it are not touched.</param>
    /// <param name="stride">Numbers from one row to the next.</param>
    /// <param name="firstRow">
    /// Number of the first row: a row's mask does not depend on how rows are grouped in calls.
    /// </param>
    /// <param name="rate">
    /// Part of the numbers that is dropped, in [0, 1), to the nearest 1/65,536; 0 does nothing.
    /// </param>
    /// <param name="key">Chooses the mask, see <see cref="SiteKey"/>; 0 does nothing.</param>
    [MethodImpl(KernelOptions.Kernel)]
    public static void Apply<TLanes, T>(
        T* rows, int rowCount, int width, int stride, int firstRow, float rate, ulong key)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rate == 0 || key == 0)
        {
            return;
        }

        int threshold = (int)((rate * 65536.0) + 0.5);
        double scale = 1 / (1 - (double)rate);
        ulong* hashes = stackalloc ulong[BlockColumns / DecisionsPerHash];
        for (int row = 0; row < rowCount; row++)
        {
            // SplitMix64, started anew for every row.
            ulong state = Mix(key ^ ((ulong)(uint)(firstRow + row) * 0xD1342543DE82EF95));
            T* numbers = rows + ((nint)row * stride);
            for (int column = 0; column < width; column += BlockColumns)
            {
                int count = Math.Min(BlockColumns, width - column);
                int hashCount = (count + DecisionsPerHash - 1) / DecisionsPerHash;
                for (int i = 0; i < hashCount; i++)
                {
                    state += Golden;
                    hashes[i] = Mix(state);
                }

                Mask<TLanes, T>(numbers + column, count, (ushort*)hashes, threshold, scale);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mask<TLanes, T>(T* numbers, int count, ushort* random, int threshold, double scale)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var scales = TLanes.Constant(scale);
        int i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(numbers + i, TLanes.KeepWhere(TLanes.Load(numbers + i) * scales, random + i, threshold));
        }

        for (; i < count; i++)
        {
            var scaled = Lanes1<T>.Load(numbers + i) * Lanes1<T>.Constant(scale);
            Lanes1<T>.Store(numbers + i, Lanes1<T>.KeepWhere(scaled, random + i, threshold));
        }
    }

    // The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
