namespace PronounceSample;

/// <summary>What the user asked for.</summary>
internal sealed record SampleOptions
{
    /// <summary>A dictionary; null for the one that comes with the sample.</summary>
    public string? Data { get; init; }

    public required int Epochs { get; init; }

    public required int Threads { get; init; }

    /// <summary>Decides what is held out, first weights, dropout and order.</summary>
    public required ulong Seed { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>Where the weights are saved.</summary>
    public required string Output { get; init; }

    /// <summary>Weights to pronounce with, without training; null to train.</summary>
    public string? Weights { get; init; }

    /// <summary>How many pronunciations each word that is typed gets.</summary>
    public required int Best { get; init; }

    /// <summary>Where the attention of the last word that is typed is drawn; null for nowhere.</summary>
    public string? Attention { get; init; }
}
