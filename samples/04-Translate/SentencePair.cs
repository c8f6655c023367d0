using System.Collections.Immutable;

namespace TranslateSample;

/// <summary>A sentence and one of its translations.</summary>
/// <param name="English">The words of the sentence.</param>
/// <param name="French">The words of the translation.</param>
internal sealed record SentencePair(ImmutableArray<string> English, ImmutableArray<string> French)
{
    /// <summary>What two pairs have in common whose sentence is the same but for spaces and capitals.</summary>
    public string Source { get; } = string.Join(' ', English).ToLowerInvariant();

    /// <summary>Whether the model has steps for all words, one of the translation's being for its end.</summary>
    public bool Fits => English.Length <= SentenceModel.SourceSteps && French.Length < SentenceModel.TargetSteps;
}
