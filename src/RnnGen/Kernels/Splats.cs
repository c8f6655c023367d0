using System.Numerics;

namespace RnnGen.Kernels;

/// <summary>Numbers that emitted code reads as whole vectors.</summary>
public static class Splats
{
    /// <summary>A vector for each number, which it holds in every lane.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="lanes">Numbers in a vector: 1 or more.</param>
    /// <param name="numbers">The numbers, in their order.</param>
    /// <returns><c>[numbers, lanes]</c></returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lanes"/> is below 1.</exception>
    public static Arena<T> Of<T>(int lanes, ReadOnlySpan<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        var arena = new Arena<T>(checked(lanes * numbers.Length));
        for (int i = 0; i < numbers.Length; i++)
        {
            arena.Span.Slice(i * lanes, lanes).Fill(numbers[i]);
        }

        return arena;
    }
}
