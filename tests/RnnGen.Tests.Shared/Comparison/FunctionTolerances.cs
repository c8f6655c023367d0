namespace RnnGen.Tests.Comparison;

/// <summary>What emitted functions promise in single precision.</summary>
public static class FunctionTolerances
{
    /// <summary>
    /// In units in the last place where multiply-adds round once: of all numbers 4.98 was seen, of a million 4.08.
    /// </summary>
    public const double Ulps = 5;

    /// <summary>Where they round twice: 5.64, at a place that a million numbers miss.</summary>
    public const double UlpsRoundingTwice = 6;
}
