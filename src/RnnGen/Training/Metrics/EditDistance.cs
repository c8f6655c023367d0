using System.Buffers;

namespace RnnGen;

/// <summary>How far two sequences are apart.</summary>
public static class EditDistance
{
    private const int MostOnStack = 256;

    /// <summary>
    /// The distance of Levenshtein 1966: the fewest insertions, deletions and substitutions of one token that make one
    /// sequence of the other. Time grows with the product of both lengths, memory with the shorter one.
    /// </summary>
    /// <param name="first">Any number of tokens.</param>
    /// <param name="second">Any number of tokens.</param>
    /// <returns>From 0, where both are equal, to the longer length.</returns>
    public static int Between(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        // What both begin or end with costs nothing, and is most of it where a model is good.
        int equal = first.CommonPrefixLength(second);
        first = first[equal..];
        second = second[equal..];
        while (!first.IsEmpty && !second.IsEmpty && first[^1] == second[^1])
        {
            first = first[..^1];
            second = second[..^1];
        }

        ReadOnlySpan<int> shorter = first.Length < second.Length ? first : second;
        ReadOnlySpan<int> longer = first.Length < second.Length ? second : first;
        if (shorter.Length < MostOnStack)
        {
            return Between(longer, shorter, stackalloc int[MostOnStack]);
        }

        int[] row = ArrayPool<int>.Shared.Rent(shorter.Length + 1);
        int distance = Between(longer, shorter, row);
        ArrayPool<int>.Shared.Return(row);
        return distance;
    }

    // row[j] is the distance between what was read of the longer one and the first j tokens of the other.
    private static int Between(ReadOnlySpan<int> longer, ReadOnlySpan<int> shorter, Span<int> row)
    {
        for (int j = 0; j <= shorter.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 0; i < longer.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 1; j <= shorter.Length; j++)
            {
                int substituted = diagonal + (longer[i] == shorter[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j - 1], diagonal) + 1);
            }
        }

        return row[shorter.Length];
    }
}
