namespace RnnGen.Training;

/// <summary>How many workers a batch is worth: results do not depend on it, only time does.</summary>
internal static class ThreadEstimate
{
    // What a worker must save of a step's forward pass: less, and a batch's barriers and the cache lines that go from
    // core to core cost more than that.
    private const long FlopsPerWorkerStep = 150_000;

    /// <summary>Workers for one batch.</summary>
    /// <param name="flops">Forward operations of the batch.</param>
    /// <param name="steps">Steps of the batch.</param>
    /// <param name="limit">Most workers.</param>
    public static int Workers(long flops, int steps, int limit) =>
        (int)Math.Clamp(flops / steps / FlopsPerWorkerStep, 1, limit);
}
