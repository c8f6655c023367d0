namespace RnnGen.Benchmarks.Cases;

/// <summary>How every side trains.</summary>
internal static class TrainingSettings
{
    /// <summary>
    /// Of the timed steps: low, because one batch is trained on over and over, and after thousands of steps the numbers
    /// must still be those of a training, not denormal.
    /// </summary>
    public const double LearningRate = 1e-5;

    /// <summary>Of the first steps, whose losses are compared: high enough that a wrong update shows.</summary>
    public const double CheckedLearningRate = 1e-3;

    public const double ClipNorm = 1;

    /// <summary>RnnGen's options.</summary>
    public static TrainingOptions Options(double learningRate, int threads) => new()
    {
        Optimizer = new Adam { LearningRate = learningRate },
        ClipNorm = ClipNorm,
        Threads = threads,
    };
}
