namespace RnnGen.Training;

/// <summary>How many workers a batch is worth: results do not depend on it, only time does.</summary>
internal static class ThreadEstimate
{
    // What a worker must save of a step's forward pass: less, and a batch's barriers and the cache lines that go from
    // core to core cost more than that.
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
