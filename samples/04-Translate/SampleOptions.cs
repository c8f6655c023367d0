namespace TranslateSample;

/// <summary>What the user asked for.</summary>
internal sealed record SampleOptions
{
    /// <summary>A file of sentence pairs; null for those that come with the sample.</summary>
    public string? Data { get; init; }

    public required int Epochs { get; init; }

    public required int Threads { get; init; }

    /// <summary>Decides what is held out, first weights, dropout and order.</summary>
    public required ulong Seed { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>Hypotheses that are followed at the same time once the training is over.</summary>
    public required int Beam { get; init; }

    /// <summary>Where the weights are saved.</summary>
    public required string Output { get; init; }

    /// <summary>Weights to translate with, without training; null to train.</summary>
    public string? Weights { get; init; }
}
