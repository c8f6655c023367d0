namespace RnnGen.Generator.Planning;

/// <summary>
/// Where the rows in <see cref="MemoryArena.Scratch"/> lie when no backward pass follows: rows that are never alive
/// together share their memory. What one operation is the last to read another may write only behind a barrier:
/// workers reach an operation at different times, and their shares of two kinds of rows may overlap.
/// </summary>
/// <param name="Length">Numbers in all.</param>
/// <param name="Offsets">Of each block where it starts, in the order in which they were given.</param>
internal sealed record ScratchLayout(long Length, IReadOnlyList<long> Offsets)
{
    /// <summary>Lays out blocks: the longest first, each at the first place that is free throughout its life.</summary>
    /// <param name="blocks">Their lengths, in whole cache lines.</param>
    public static ScratchLayout Of(IReadOnlyList<ScratchBlock> blocks)
    {
        long[] offsets = new long[blocks.Count];
        var placed = new List<int>();
        long length = 0;
        foreach (int block in Enumerable.Range(0, blocks.Count).OrderByDescending(i => blocks[i].Length))
        {
            offsets[block] = FirstFree(
                blocks[block].Length,
                placed.Where(other => blocks[other].MeetsIn(blocks[block]))
                    .Select(other => (offsets[other], blocks[other].Length))
                    .OrderBy(taken => taken.Item1));
            placed.Add(block);
            length = Math.Max(length, Saturating.Sum(offsets[block], blocks[block].Length));
        }

        return new ScratchLayout(length, offsets);
    }

    /// <summary>The life of each block, by the operations that name it.</summary>
    /// <param name="names">The blocks' names and lengths.</param>
    /// <param name="operations">A forward pass.</param>
    /// <param name="results">What is read when it has ended.</param>
    public static IEnumerable<ScratchBlock> Lives(
        IEnumerable<(string Name, long Length)> names, IReadOnlyList<PassOperation> operations,
        IEnumerable<Address> results)
    {
        var lives = new Dictionary<string, (int First, int Last)>(StringComparer.Ordinal);
        foreach ((PassOperation operation, int barriers) in operations.Zip(
            Barriers.Before(operations), (operation, barriers) => (operation, barriers)))
        {
            foreach (Address place in operation.Places)
            {
                lives[place.Name] = (lives.TryGetValue(place.Name, out var life) ? life.First : barriers, barriers);
            }
        }

        // A decoder may run again and again over what the encoder has left.
        foreach (Address shared in operations.Where(operation => operation.Axis == 0)
            .SelectMany(operation => operation.Places)
            .Intersect(operations.Where(operation => operation.Axis > 0).SelectMany(operation => operation.Places)))
        {
            lives[shared.Name] = (lives[shared.Name].First, int.MaxValue);
        }

        foreach (Address result in results)
        {
            lives[result.Name] = (lives.TryGetValue(result.Name, out var life) ? life.First : 0, int.MaxValue);
        }

        return names.Select(block => lives.TryGetValue(block.Name, out var life)
            ? new ScratchBlock(block.Length, life.First, life.Last)
            : throw new InvalidOperationException($"No operation names {block.Name} among its places."));
    }

    private static long FirstFree(long length, IEnumerable<(long Offset, long Length)> taken)
    {
        long free = 0;
        foreach ((long offset, long takenLength) in taken)
        {
            if (offset - free >= length)
            {
                break;
            }

            free = Math.Max(free, Saturating.Sum(offset, takenLength));
        }

        return free;
    }
}

/// <summary>Rows that lie in one piece, and how long somebody needs them.</summary>
/// <param name="Length">Numbers.</param>
/// <param name="First">The barriers in front of the operation that writes them.</param>
/// <param name="Last">The barriers in front of the last operation that reads them.</param>
internal sealed record ScratchBlock(long Length, int First, int Last)
{
    /// <summary>Whether both are needed at some time.</summary>
    public bool MeetsIn(ScratchBlock other) => First <= other.Last && other.First <= Last;
}
