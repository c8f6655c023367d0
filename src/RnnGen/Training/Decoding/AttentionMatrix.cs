using System.Collections.Immutable;

namespace RnnGen;

/// <summary>How much each token of a target attended to each row of its source: weights whose rows add up to 1.
/// </summary>
/// <param name="Name">The name of the attention layer, as tensors begin with it, for instance <c>attention</c>.</param>
/// <param name="SourceSteps">S, the rows of the source.</param>
/// <param name="Weights">
/// The weights, <c>[T, S]</c>, a row for each token and one for the end, where it is there.
/// </param>
public sealed record AttentionMatrix(string Name, int SourceSteps, ImmutableArray<double> Weights)
{
    /// <summary>T, the rows.</summary>
    public int Rows => Weights.Length / SourceSteps;

    /// <summary>A weight.</summary>
    /// <param name="row">Which token of the target.</param>
    /// <param name="step">Which row of the source.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside the matrix.</exception>
    public double this[int row, int step] => (uint)row < (uint)Rows && (uint)step < (uint)SourceSteps
        ? Weights[(row * SourceSteps) + step]
        : throw new ArgumentOutOfRangeException(
            (uint)row < (uint)Rows ? nameof(step) : nameof(row), (uint)row < (uint)Rows ? step : row,
            $"There is no weight [{row}, {step}]; the matrix is [{Rows}, {SourceSteps}].");
}
