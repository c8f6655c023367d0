namespace RnnGen.Benchmarks.Cases;

/// <summary>How many first calls are compared before anything is timed.</summary>
internal static class CheckedCalls
{
    public const int Steps = 20;

    public const int TrainingSteps = 4;

    /// <summary>Outputs or losses that differ by more mean that a peer was set up in another way.</summary>
    public const double Tolerance = 1e-4;
}
