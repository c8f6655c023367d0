namespace RnnGen.Benchmarks.Cases;

/// <summary>
/// How every side trains. The learning rate is low because one batch is trained on over and over: after thousands of
/// steps the numbers must still be those of a training, neither denormal nor infinite.
/// </summary>
internal static class TrainingSettings
{
    public const double LearningRate = 1e-5;

    public const double ClipNorm = 1;
}
