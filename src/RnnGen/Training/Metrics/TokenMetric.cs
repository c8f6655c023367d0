using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// A metric of sequences of tokens or classes, each compared with what is right: derive from it, and from <see
/// cref="TokenAccumulator"/>, to write another.
/// </summary>
/// <example><code>
/// public sealed class LengthError() : TokenMetric("length error", higherIsBetter: false)
/// {
///     public override TokenAccumulator Begin() => new Sum();
///
///     private sealed class Sum : TokenAccumulator
///     {
///         private long _difference;
///         private long _sequences;
///
///         public override double Value => (double)_difference / _sequences;
///
///         public override void Add(ReadOnlySpan&lt;int&gt; hypothesis, TokenReferences references)
///         {
///             _difference += Math.Abs(hypothesis.Length - references[0].Length);
///             _sequences++;
///         }
///     }
/// }
/// </code></example>
public abstract class TokenMetric : Metric
{
    /// <summary>Describes a metric.</summary>
    /// <param name="name">What reports call it, unless <see cref="Metric.Name"/> is set.</param>
    /// <param name="higherIsBetter">True where a better model has a higher value.</param>
    /// <exception cref="ArgumentException">The name is empty or white space.</exception>
    protected TokenMetric(string name, bool higherIsBetter)
        : base(name, higherIsBetter)
    {
    }

    /// <summary>What <c>Fit</c> compares with the targets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the enum's values.</exception>
    public MetricSource Source
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Source), value, $"Source is {value}; it must be Automatic, Outputs or Decoding.");
    }

    /// <summary>Begins a measurement; several at the same time do not disturb one another.</summary>
    public abstract TokenAccumulator Begin();

    /// <summary>The metric of one sequence.</summary>
    /// <param name="hypothesis">The model's tokens.</param>
    /// <param name="reference">What is right.</param>
    public double Of(ReadOnlySpan<int> hypothesis, ReadOnlySpan<int> reference)
    {
        TokenAccumulator accumulator = Begin();
        accumulator.Add(hypothesis, new TokenReferences(reference));
        return accumulator.Value;
    }

    /// <summary>The metric of some sequences together, which need not be the mean of each alone.</summary>
    /// <param name="hypotheses">Of each sequence the model's tokens.</param>
    /// <param name="references">Of each what is right.</param>
    /// <returns>NaN where there are none.</returns>
    /// <exception cref="ArgumentException">There are not as many of both, or one is null.</exception>
    public double Of(IReadOnlyList<int[]> hypotheses, IReadOnlyList<int[]> references)
    {
        CheckCounts(hypotheses, references);
        TokenAccumulator accumulator = Begin();
        for (int i = 0; i < hypotheses.Count; i++)
        {
            int[] reference = references[i]
                ?? throw new ArgumentException($"references[{i}] is null.", nameof(references));
            accumulator.Add(Hypothesis(hypotheses, i), new TokenReferences(reference.AsSpan()));
        }

        return accumulator.Value;
    }

    /// <summary>The metric of some sequences together, for each of which several others are right.</summary>
    /// <param name="hypotheses">Of each sequence the model's tokens.</param>
    /// <param name="references">Of each 1 or more that are right.</param>
    /// <inheritdoc cref="Of(IReadOnlyList{int[]}, IReadOnlyList{int[]})" path="/*[self::returns]"/>
    /// <exception cref="ArgumentException">
    /// There are not as many of both, a sequence has no reference, or one is null.
    /// </exception>
    public double Of(IReadOnlyList<int[]> hypotheses, IReadOnlyList<int[][]> references)
    {
        CheckCounts(hypotheses, references);
        TokenAccumulator accumulator = Begin();
        for (int i = 0; i < hypotheses.Count; i++)
        {
            if (references[i] is not { Length: > 0 } several || several.Contains(null))
            {
                throw new ArgumentException(
                    $"references[{i}] must be 1 reference or more, and none of them null.", nameof(references));
            }

            accumulator.Add(Hypothesis(hypotheses, i), new TokenReferences(several.AsSpan()));
        }

        return accumulator.Value;
    }

    internal override MetricPlace PlaceIn(ModelShape shape) => MetricPlace.Of(shape, this);

    private static void CheckCounts<TReference>(
        IReadOnlyList<int[]> hypotheses, IReadOnlyList<TReference> references)
    {
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(references);
        if (hypotheses.Count != references.Count)
        {
            throw new ArgumentException(
                $"hypotheses has {Quantity.Of(hypotheses.Count, "sequence")} and references "
                + $"{references.Count}; there must be as many of both.",
                nameof(references));
        }
    }

    private static int[] Hypothesis(IReadOnlyList<int[]> hypotheses, int i) =>
        hypotheses[i] ?? throw new ArgumentException($"hypotheses[{i}] is null.", nameof(hypotheses));
}
