namespace RnnGen.Tests.Comparison;

/// <summary>What emitted functions promise in single precision.</summary>
internal static class FunctionTolerances
{
    /// <summary>
    /// In units in the last place: of a million numbers 4.49 was seen, and 4.52 where multiply-adds round twice.
    /// </summary>
    public const double Ulps = 5;

    /// <summary>Where multiply-adds round twice tanh ends at 0.9999999: one unit in the last place below 1.</summary>
    public const double TanhEndRoundedTwice = 1.2e-7;
}
