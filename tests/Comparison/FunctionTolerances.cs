namespace RnnGen.Tests.Comparison;

/// <summary>What emitted functions promise in single precision.</summary>
internal static class FunctionTolerances
{
    /// <summary>
    /// In units in the last place: of a million numbers 4.08 was seen, of every seventh 4.75; where multiply-adds round
    /// twice 3.86, and 5.25 of every seventh.
    /// </summary>
    public const double Ulps = 5;
}
