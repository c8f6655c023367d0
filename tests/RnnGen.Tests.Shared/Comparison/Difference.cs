using System.Numerics;

namespace RnnGen.Tests.Comparison;

/// <summary>How far apart two rows of numbers are.</summary>
public static class Difference
{
    /// <summary>The largest difference; NaN where one of the numbers is none, or there is nothing to compare.</summary>
    public static double Largest<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = expected.Length == actual.Length && expected.Length > 0 ? 0 : double.NaN;
        for (int i = 0; i < expected.Length && !double.IsNaN(largest); i++)
        {
            // Math.Max is NaN where an argument is.
            largest = Math.Max(largest, Math.Abs(double.CreateTruncating(expected[i] - actual[i])));
        }

        return largest;
    }

    /// <summary>
    /// The largest difference relative to the largest number, which is what rounding on the way is proportional to;
    /// NaN, too, where all numbers are zero: equal zeros show nothing.
    /// </summary>
    public static double Relative<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double scale = Largest(expected, new T[expected.Length]);
        return scale > 0 ? Largest(expected, actual) / scale : double.NaN;
    }
}
