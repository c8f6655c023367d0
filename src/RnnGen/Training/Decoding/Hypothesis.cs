using System.Collections.Immutable;
using static System.FormattableString;

namespace RnnGen;

/// <summary>A sequence that a decoder has found.</summary>
/// <param name="Tokens">Its tokens, without the start and without the end.</param>
/// <param name="LogProbability">The logarithm of its probability, the end's included.</param>
/// <param name="Score">
/// What hypotheses are compared by: the same, normalised by length, with what the coverage of the source adds.
/// </param>
/// <param name="IsComplete">False where the steps were over before it ended.</param>
public sealed record Hypothesis(ImmutableArray<int> Tokens, double LogProbability, double Score, bool IsComplete)
{
    /// <summary>
    /// What its tokens attended to, a matrix for each attention layer of the model; empty unless
    /// <see cref="DecodingOptions.Attention"/> asks for it.
    /// </summary>
    public ImmutableArray<AttentionMatrix> Attention { get; init; } = [];

    /// <summary>Its tokens and score, the same under every culture: <c>[4, 17, 9], score -1.2041</c>.</summary>
    public override string ToString() => Invariant(
        $"[{string.Join(", ", Tokens.IsDefault ? [] : Tokens)}]{(IsComplete ? "" : ", cut off")}, score {Score:g5}");
}
