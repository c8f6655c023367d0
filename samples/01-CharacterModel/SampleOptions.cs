namespace CharacterSample;

/// <summary>What the user asked for.</summary>
internal sealed record SampleOptions
{
    /// <summary>The text to learn; null for the repository's own sources.</summary>
    public string? Text { get; init; }

    public required int Epochs { get; init; }

    public required int Threads { get; init; }

    /// <summary>Decides first weights, dropout and what is generated.</summary>
    public required ulong Seed { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>Where the weights are saved.</summary>
    public required string Output { get; init; }

    /// <summary>Weights to generate from without training; null to train.</summary>
    public string? Weights { get; init; }

    /// <summary>Divides the logits before sampling; 0 always takes the likeliest character.</summary>
    public required double Temperature { get; init; }

    /// <summary>Characters to generate.</summary>
    public required int Length { get; init; }

    /// <summary>What the generated text goes on from.</summary>
    public required string Prompt { get; init; }
}
