namespace RnnGen;

/// <summary>
/// The share of tokens that are right at their place, from 0 to 1: of all sequences together, so that long ones count
/// for more. Where two lengths differ, the places that only one of both has are wrong. Of several references the one
/// with the fewest wrong places counts. It is measured by the outputs unless told otherwise; for a model that gives one
/// class for each sequence it is the accuracy of a classifier.
/// </summary>
public sealed class TokenAccuracy : TokenMetric
{
    /// <summary>Describes the metric.</summary>
    public TokenAccuracy()
        : base("token accuracy", higherIsBetter: true)
    {
        Source = MetricSource.Outputs;
    }

    /// <inheritdoc/>
    public override TokenAccumulator Begin() => new Share();

    private sealed class Share : TokenAccumulator
    {
        private long _wrong;
        private long _places;

        public override double Value => (double)(_places - _wrong) / _places;

        public override void Add(ReadOnlySpan<int> hypothesis, TokenReferences references)
        {
            int fewest = int.MaxValue;
            int places = 0;
            for (int i = 0; i < references.Count; i++)
            {
                ReadOnlySpan<int> reference = references[i];
                int all = Math.Max(hypothesis.Length, reference.Length);
                int wrong = all - Matches(hypothesis, reference);
                if (wrong < fewest)
                {
                    (fewest, places) = (wrong, all);
                }
            }

            _wrong += fewest;
            _places += places;
        }

        private static int Matches(ReadOnlySpan<int> hypothesis, ReadOnlySpan<int> reference)
        {
            int count = 0;
            for (int i = 0; i < Math.Min(hypothesis.Length, reference.Length); i++)
            {
                count += hypothesis[i] == reference[i] ? 1 : 0;
            }

            return count;
        }
    }
}
