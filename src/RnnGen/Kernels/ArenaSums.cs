using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>
/// Sums over a flat arena, in double precision, over chunks of a fixed length: whoever sums the chunks, the total over
/// them is the same bit for bit, so it does not depend on the number of threads.
/// </summary>
public static unsafe class ArenaSums
{
    /// <summary>Numbers in a chunk; the last of an arena may have fewer.</summary>
    public const int ChunkLength = 4096;

    /// <summary>Chunks of an arena.</summary>
    /// <param name="length">Numbers in the arena: 0 or more.</param>
    public static int ChunkCount(int length) => (int)(((long)length + ChunkLength - 1) / ChunkLength);

    /// <summary>Sums of squares of some chunks, for instance one thread's share.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="target">A SIMD target that the processor supports.</param>
    /// <param name="values">First number of the arena.</param>
    /// <param name="length">Numbers in the arena.</param>
    /// <param name="chunkSums">Receives the sum of chunk i at place i, of <see cref="ChunkCount"/> places.</param>
    /// <param name="firstChunk">First chunk to sum.</param>
    /// <param name="endChunk">One more than the last.</param>
    public static void Squares<T>(
        SimdTarget target, T* values, int length, double* chunkSums, int firstChunk, int endChunk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Run(target, values, length, chunkSums, firstChunk, endChunk, squared: true);

    /// <summary>Sums of some chunks.</summary>
    /// <inheritdoc cref="Squares{T}"/>
    public static void Values<T>(
        SimdTarget target, T* values, int length, double* chunkSums, int firstChunk, int endChunk)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Run(target, values, length, chunkSums, firstChunk, endChunk, squared: false);

    /// <summary>Adds up the chunks in their order.</summary>
    /// <param name="chunkSums">The sums of all chunks of an arena.</param>
    public static double Total(ReadOnlySpan<double> chunkSums)
    {
        double total = 0;
        foreach (double sum in chunkSums)
        {
            total += sum;
        }

        return total;
    }

    /// <summary>Squared Euclidean norm of a whole arena: what the chunks' sums of squares add up to.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="target">A SIMD target that the processor supports.</param>
    /// <param name="values">First number of the arena.</param>
    /// <param name="length">Numbers in the arena.</param>
    public static double SquaredNorm<T>(SimdTarget target, T* values, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Total(target, values, length, squared: true);

    /// <summary>Sum of a whole arena: what its chunks' sums add up to.</summary>
    /// <inheritdoc cref="SquaredNorm{T}"/>
    public static double Sum<T>(SimdTarget target, T* values, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Total(target, values, length, squared: false);

    private static double Total<T>(SimdTarget target, T* values, int length, bool squared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Run(target, values, length, null, 0, ChunkCount(length), squared);

    private static double Run<T>(
        SimdTarget target, T* values, int length, double* chunkSums, int firstChunk, int endChunk, bool squared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new Work
        {
            Values = values,
            IsSingle = typeof(T) == typeof(float),
            Squared = squared,
            Length = length,
            FirstChunk = firstChunk,
            EndChunk = endChunk,
            ChunkSums = chunkSums,
        };

        // Double lanes whatever T is: squares of single numbers are exact there, and cannot overflow.
        SimdTargets.Run<Work, double>(target, ref work);
        return work.Total;
    }

    private struct Work : ILanesWork
    {
        public void* Values;
        public bool IsSingle;
        public bool Squared;
        public int Length;
        public int FirstChunk;
        public int EndChunk;
        public double* ChunkSums;
        public double Total;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int chunk = FirstChunk; chunk < EndChunk; chunk++)
            {
                int start = chunk * ChunkLength;
                int end = Math.Min(Length, start + ChunkLength);
                int whole = end - ((end - start) % (2 * TLanes.Count));
                double sum = double.CreateTruncating(Chunk<TLanes, T>(start, whole));
                sum += double.CreateTruncating(Chunk<Lanes1<T>, T>(whole, end));
                Total += sum;
                if (ChunkSums != null)
                {
                    ChunkSums[chunk] = sum;
                }
            }
        }

        // Two vectors at a time into two sums, which hides the latency of the addition.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly T Chunk<TLanes, T>(int start, int end)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var one = TLanes.Constant(1);
            TLanes even = default, odd = default;
            for (int i = start; i < end; i += 2 * TLanes.Count)
            {
                var first = Load<TLanes, T>(i);
                even = TLanes.MultiplyAdd(first, Squared ? first : one, even);
                if (i + TLanes.Count < end)
                {
                    var second = Load<TLanes, T>(i + TLanes.Count);
                    odd = TLanes.MultiplyAdd(second, Squared ? second : one, odd);
                }
            }

            return TLanes.Sum(even + odd);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly TLanes Load<TLanes, T>(int i)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => IsSingle ? TLanes.LoadSingle((float*)Values + i) : TLanes.Load((T*)Values + i);
    }
}
