using System.Collections.Immutable;

namespace TranslateSample;

/// <summary>What a model has made of a sentence.</summary>
/// <param name="Words">Its words.</param>
/// <param name="IsComplete">False where the model's steps were over before its end.</param>
internal sealed record Translation(ImmutableArray<string> Words, bool IsComplete);
