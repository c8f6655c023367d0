using System.Collections.Immutable;

namespace RnnGen.Benchmarks.Inspection;

/// <summary>A loop: the blocks from the target of a jump backward to that jump.</summary>
/// <param name="Method">The method.</param>
/// <param name="First">Its first block.</param>
/// <param name="Last">Its last block.</param>
internal sealed record CodeLoop(ListedMethod Method, int First, int Last)
{
    /// <summary>Loops within, in the order of their blocks.</summary>
    public required ImmutableArray<CodeLoop> Inner { get; init; }

    /// <summary>How often the body runs each time that the loop is entered; null where the code does not show it.
    /// </summary>
    public int? Trips => field ??= TripCount.Of(this);

    /// <summary>
    /// The instructions of a run of blocks as often as they are executed, each loop's as often as its body runs, or
    /// once where that is not known. A branch that is not taken is counted as if it were.
    /// </summary>
    public static IEnumerable<Instruction> Executed(
        ListedMethod method, int first, int last, ImmutableArray<CodeLoop> loops)
    {
        for (int block = first; block <= last; block++)
        {
            if (loops.FirstOrDefault(loop => loop.First == block) is { } loop)
            {
                for (int trip = 0; trip < (loop.Trips ?? 1); trip++)
                {
                    foreach (Instruction instruction in loop.ExecutedOnce())
                    {
                        yield return instruction;
                    }
                }

                block = loop.Last;
                continue;
            }

            foreach (Instruction instruction in method.Blocks[block].Instructions)
            {
                yield return instruction;
            }
        }
    }

    /// <summary>The instructions of one run of the body.</summary>
    public IEnumerable<Instruction> ExecutedOnce() => Executed(Method, First, Last, Inner);

    /// <summary>Blocks of the body that are in none of the loops within.</summary>
    public IEnumerable<CodeBlock> OwnBlocks() => Enumerable.Range(First, Last - First + 1)
        .Where(block => !Inner.Any(inner => inner.First <= block && block <= inner.Last))
        .Select(block => Method.Blocks[block]);

    /// <summary>The outermost loops of a method.</summary>
    public static ImmutableArray<CodeLoop> Find(ListedMethod method)
    {
        var ranges = new List<(int First, int Last)>();
        for (int block = 0; block < method.Blocks.Length; block++)
        {
            foreach (Instruction instruction in method.Blocks[block].Instructions)
            {
                int target = instruction.JumpTarget is { } label ? method.IndexOf(label) : -1;
                if (target >= 0 && target <= block)
                {
                    Add(ranges, (target, block));
                }
            }
        }

        return Nested(method, ranges);
    }

    // A loop may be jumped back to from several places, and its test may stand before its first block: ranges with one
    // beginning, and ranges of which neither holds the other, are one loop.
    private static void Add(List<(int First, int Last)> ranges, (int First, int Last) range)
    {
        while (ranges.FindIndex(other => IsSame(other, range)) is var same and >= 0)
        {
            range = (Math.Min(ranges[same].First, range.First), Math.Max(ranges[same].Last, range.Last));
            ranges.RemoveAt(same);
        }

        ranges.Add(range);
    }

    private static bool IsSame((int First, int Last) a, (int First, int Last) b) =>
        a.First == b.First
        || (a.First < b.First && b.First <= a.Last && a.Last < b.Last)
        || (b.First < a.First && a.First <= b.Last && b.Last < a.Last);

    private static ImmutableArray<CodeLoop> Nested(ListedMethod method, IReadOnlyList<(int First, int Last)> ranges)
    {
        bool IsWithin((int First, int Last) inner, (int First, int Last) outer) =>
            inner != outer && outer.First <= inner.First && inner.Last <= outer.Last;
        return
        [
            .. ranges.Where(range => !ranges.Any(other => IsWithin(range, other)))
                .OrderBy(range => range.First)
                .Select(range => new CodeLoop(method, range.First, range.Last)
                {
                    Inner = Nested(method, [.. ranges.Where(other => IsWithin(other, range))]),
                }),
        ];
    }
}
