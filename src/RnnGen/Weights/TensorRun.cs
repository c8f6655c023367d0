namespace RnnGen.Weights;

/// <summary>Numbers of a row of a tensor: one after another in files, and evenly spaced in the arena.</summary>
internal readonly record struct TensorRun
{
    /// <summary>The part that the numbers belong to.</summary>
    public required TensorPart Part { get; init; }

    /// <summary>Numbers of the part before the first of these.</summary>
    public required int Place { get; init; }

    /// <summary>Numbers of the range that was asked for before the first of these.</summary>
    public required int Offset { get; init; }

    /// <summary>How many there are: 1 or more.</summary>
    public required int Count { get; init; }

    /// <summary>Where the first lies in the arena.</summary>
    public required int Index { get; init; }

    /// <summary>Numbers in the arena from one to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>The runs that a range of a tensor's numbers is made of, in order.</summary>
    public static IEnumerable<TensorRun> Of(TensorMap tensor, int first, int count)
    {
        int start = 0;
        foreach (TensorPart part in tensor.Parts)
        {
            int end = start + (part.Rows * part.Columns);
            int from = Math.Max(first, start);
            int to = Math.Min(first + count, end);
            while (from < to)
            {
                (int row, int column) = Math.DivRem(from - start, part.Columns);
                int length = Math.Min(to - from, part.Columns - column);
                yield return new TensorRun
                {
                    Part = part,
                    Place = from - start,
                    Offset = from - first,
                    Count = length,
                    Index = part.Map.IndexOf(row, column),
                    Stride = part.Map.ColumnStride(row),
                };
                from += length;
            }

            start = end;
        }
    }
}
