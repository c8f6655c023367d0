using System.Numerics;
using RnnGen.Initialization;
using RnnGen.Kernels;

namespace RnnGen.Weights;

/// <summary>
/// Copies between ranges of a tensor in a file's layout and an arena in the kernels': a tensor may be larger than what
/// anyone would hold twice.
/// </summary>
internal static class PartCopy
{
    // Initial values are made this many at a time, where the scheme allows it.
    private const int PieceLength = 1 << 17;

    /// <summary>Fills a part of the arena with initial values, in the arena's signs.</summary>
    public static void Initialize<T>(
        TensorMap tensor, TensorPart part, IInitializer initializer, CounterRandom random, Span<T> arena)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int start = part.FirstRow * part.Columns;
        int length = part.Rows * part.Columns;
        var sequential = initializer as ISequentialInitializer;
        double[] values = new double[sequential is null ? length : Math.Min(length, PieceLength)];
        for (int done = 0; done < length;)
        {
            Span<double> piece = values.AsSpan(0, Math.Min(values.Length, length - done));
            if (sequential is null)
            {
                initializer.Fill(piece, part.Rows, part.Columns, random);
            }
            else
            {
                sequential.FillNext(piece, part.Rows, part.Columns, random);
            }

            foreach (TensorRun run in TensorRun.Of(tensor, start + done, piece.Length))
            {
                Fill(run, piece, arena);
            }

            done += piece.Length;
        }
    }

    /// <summary>Reads a range of a tensor out of the arena.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="first">Numbers of the tensor before the range.</param>
    /// <param name="arena">The arena.</param>
    /// <param name="pairs">What sums are made of; null to read addends as their sum.</param>
    /// <param name="values">Receives the range.</param>
    public static void Gather<T>(
        TensorMap tensor, int first, ReadOnlySpan<T> arena, PartPairs<T>? pairs, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (TensorRun run in TensorRun.Of(tensor, first, values.Length))
        {
            PartPair<T>? pair = pairs?.Find(run.Part);
            T sign = T.CreateTruncating(run.Part.Sign);
            Span<T> target = values.Slice(run.Offset, run.Count);
            int index = run.Index;
            for (int i = 0; i < target.Length; i++)
            {
                T number = arena[index];
                if (pair is not null)
                {
                    number = run.Part.Role == TensorPartRole.Value
                        ? pair.ValueAt(run.Place + i, number)
                        : pair.AddendAt(run.Place + i, number);
                }

                target[i] = sign * number;
                index += run.Stride;
            }
        }
    }

    /// <summary>Writes a range of a tensor into the arena; of sums, it changes its own part only.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="first">Numbers of the tensor before the range.</param>
    /// <param name="values">The range.</param>
    /// <param name="arena">The arena.</param>
    /// <param name="pairs">What sums are made of.</param>
    public static void Scatter<T>(
        TensorMap tensor, int first, ReadOnlySpan<T> values, Span<T> arena, PartPairs<T> pairs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (TensorRun run in TensorRun.Of(tensor, first, values.Length))
        {
            PartPair<T>? pair = pairs.Find(run.Part);
            T sign = T.CreateTruncating(run.Part.Sign);
            ReadOnlySpan<T> source = values.Slice(run.Offset, run.Count);
            int index = run.Index;
            for (int i = 0; i < source.Length; i++)
            {
                T number = sign * source[i];
                arena[index] = pair is null ? number : pair.Set(run.Part.Role, run.Place + i, number, arena[index]);
                index += run.Stride;
            }
        }
    }

    private static void Fill<T>(in TensorRun run, ReadOnlySpan<double> values, Span<T> arena)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int index = run.Index;
        foreach (double value in values.Slice(run.Offset, run.Count))
        {
            arena[index] = T.CreateTruncating(value);
            index += run.Stride;
        }
    }
}
