using System.Numerics;

namespace RnnGen.Weights;

/// <summary>Copies between a tensor in a file's layout and an arena in the kernels'.</summary>
internal static class PartCopy
{
    /// <summary>Fills a part of the arena with initial values, row after row, in the arena's signs.</summary>
    public static void Fill<T>(TensorPart part, ReadOnlySpan<double> values, Span<T> arena)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < part.Rows; row++)
        {
            int index = part.Columns == 0 ? 0 : part.Map.IndexOf(row, 0);
            int stride = part.Map.ColumnStride(row);
            foreach (double value in values.Slice(row * part.Columns, part.Columns))
            {
                arena[index] = T.CreateTruncating(value);
                index += stride;
            }
        }
    }

    /// <summary>Reads a tensor out of the arena.</summary>
    public static void Gather<T>(TensorMap tensor, ReadOnlySpan<T> arena, Span<T> values, bool addendsAreZero)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (TensorPart part in tensor.Parts)
        {
            T sign = T.CreateTruncating(part.Sign);
            for (int row = 0; row < part.Rows; row++)
            {
                Span<T> target = values.Slice((part.FirstRow + row) * part.Columns, part.Columns);
                if (part.Role == TensorPartRole.Addend && addendsAreZero)
                {
                    target.Clear();
                    continue;
                }

                int index = part.Columns == 0 ? 0 : part.Map.IndexOf(row, 0);
                int stride = part.Map.ColumnStride(row);
                foreach (ref T number in target)
                {
                    number = sign * arena[index];
                    index += stride;
                }
            }
        }
    }

    /// <summary>Writes those parts of a tensor that have the given role into the arena; addends are added.</summary>
    public static void Scatter<T>(TensorMap tensor, TensorPartRole role, ReadOnlySpan<T> values, Span<T> arena)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (TensorPart part in tensor.Parts)
        {
            if (part.Role != role)
            {
                continue;
            }

            T sign = T.CreateTruncating(part.Sign);
            for (int row = 0; row < part.Rows; row++)
            {
                int index = part.Columns == 0 ? 0 : part.Map.IndexOf(row, 0);
                int stride = part.Map.ColumnStride(row);
                foreach (T value in values.Slice((part.FirstRow + row) * part.Columns, part.Columns))
                {
                    arena[index] = role == TensorPartRole.Addend ? arena[index] + sign * value : sign * value;
                    index += stride;
                }
            }
        }
    }
}
