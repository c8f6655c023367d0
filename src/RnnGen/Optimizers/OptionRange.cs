using System.Runtime.CompilerServices;

namespace RnnGen;

/// <summary>Checks of options: a refusal names the option, the value and the range.</summary>
internal static class OptionRange
{
    /// <summary>Least ε of a division: zero gradients, as in the padding, must not give 0 / 0.</summary>
    public const double LeastEpsilon = 1e-30;

    /// <summary>Refuses what is not in [0, ∞).</summary>
    public static double AtLeastZero(double value, [CallerMemberName] string option = "")
        => value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(option, value, $"{option} must be 0 or more, and finite.");

    /// <summary>Refuses what is not in (0, ∞).</summary>
    public static double AboveZero(double value, [CallerMemberName] string option = "")
        => value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(option, value, $"{option} must be above 0, and finite.");

    /// <summary>Refuses what is not in [0, 1).</summary>
    public static double BelowOne(double value, [CallerMemberName] string option = "")
        => value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(option, value, $"{option} must be 0 or more and below 1.");

    /// <summary>Refuses what is infinite or NaN.</summary>
    public static double Finite(double value, [CallerMemberName] string option = "")
        => double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(option, value, $"{option} must be finite.");

    /// <summary>Refuses what is not in [<paramref name="least"/>, ∞).</summary>
    public static double AtLeast(double least, double value, [CallerMemberName] string option = "")
        => value >= least && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(option, value, $"{option} must be {least:g} or more, and finite.");

    /// <summary>Refuses whole numbers below <paramref name="least"/>.</summary>
    public static long AtLeast(long least, long value, [CallerMemberName] string option = "")
        => value >= least
            ? value
            : throw new ArgumentOutOfRangeException(option, value, $"{option} must be {least} or more.");
}
