namespace RnnGen.Training;

/// <summary>How many workers a batch is worth: results do not depend on it, only time does.</summary>
internal static class ThreadEstimate
{
    // Some 2 µs of one processor's work: several times what the barrier of a time step costs.
    private const long FlopsPerWorkerStep = 150_000;

    /// <summary>Workers for one batch.</summary>
    /// <param name="rows">Packed rows of the batch.</param>
    /// <param name="steps">Steps of the batch.</param>
    /// <param name="flopsPerRow">Forward operations of a row.</param>
    /// <param name="limit">Most workers.</param>
    public static int Workers(int rows, int steps, long flopsPerRow, int limit)
    {
        long flopsPerStep = (long)rows * flopsPerRow / steps;
        return (int)Math.Clamp(flopsPerStep / FlopsPerWorkerStep, 1, limit);
    }
}
