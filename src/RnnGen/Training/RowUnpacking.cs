using System.Numerics;

namespace RnnGen.Training;

/// <summary>Takes packed rows out of a workspace, to where the caller has the sequences.</summary>
internal static unsafe class RowUnpacking<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Copies one row per step, with zeros after a sequence's end.</summary>
    /// <param name="layout">How the sequences are packed.</param>
    /// <param name="rows">The first packed row.</param>
    /// <param name="stride">Numbers from one row to the next.</param>
    /// <param name="size">Numbers of a row.</param>
    /// <param name="values">Receives <c>[T, B, size]</c>, or in the layout's order.</param>
    public static void Steps(BatchLayout layout, T* rows, int stride, int size, Span<T> values)
    {
        if (layout.Rows < layout.GivenSteps * layout.Batch)
        {
            values.Clear();
        }

        int distance = layout.Memory == SequenceOrder.TimeMajor ? 1 : layout.GivenSteps;
        for (int step = 0; step < layout.Steps; step++)
        {
            Rows(
                rows + (long)layout.StepOffset[step] * stride,
                stride,
                size,
                layout.Order[..layout.StepRows[step]],
                values[(layout.RowOf(step, 0) * size)..],
                distance);
        }
    }

    /// <summary>Copies one row per sequence.</summary>
    /// <param name="rows">The first packed row.</param>
    /// <param name="stride">Numbers from one row to the next.</param>
    /// <param name="size">Numbers of a row.</param>
    /// <param name="order">The place of each packed sequence.</param>
    /// <param name="values">Receives <c>[B, size]</c>.</param>
    /// <param name="distance">Rows from one sequence to the next in the values.</param>
    public static void Rows(
        T* rows, int stride, int size, ReadOnlySpan<int> order, Span<T> values, int distance = 1)
    {
        for (int i = 0; i < order.Length; i++)
        {
            var row = new ReadOnlySpan<T>(rows + (long)i * stride, size);
            row.CopyTo(values.Slice(order[i] * distance * size, size));
        }
    }
}
