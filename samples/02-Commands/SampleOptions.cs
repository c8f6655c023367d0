namespace CommandSample;

/// <summary>What the user asked for.</summary>
internal sealed record SampleOptions
{
    /// <summary>A file of commands; null for those of the grammar.</summary>
    public string? Data { get; init; }

    /// <summary>Whether short commands are trained on and long ones held out, instead of any.</summary>
    public required bool IsSplitByLength { get; init; }

    public required int Epochs { get; init; }

    public required int Threads { get; init; }

    /// <summary>Decides what is held out, first weights, dropout and order.</summary>
    public required ulong Seed { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>Where the weights are saved.</summary>
    public required string Output { get; init; }

    /// <summary>Weights to translate with, without training; null to train.</summary>
    public string? Weights { get; init; }
}
