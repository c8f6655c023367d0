namespace RnnGen;

/// <summary>
/// The sum of the edit distances of all sequences, divided by the tokens of all references: the word error rate where
/// tokens are words, the phoneme or character error rate where they are these. 0 is perfect; with many insertions it
/// goes above 1. Of several references the nearest counts, and of those the longest. Where all references are empty it
/// is 0 if all hypotheses are, too, and infinite if not.
/// </summary>
public sealed class ErrorRate() : TokenMetric("error rate", higherIsBetter: false)
{
    /// <inheritdoc/>
    public override TokenAccumulator Begin() => new Sum();

    private sealed class Sum : TokenAccumulator
    {
        private long _distance;
        private long _length;
        private long _sequences;

        public override double Value => _distance == 0 && _sequences > 0 ? 0 : (double)_distance / _length;

        public override void Add(ReadOnlySpan<int> hypothesis, TokenReferences references)
        {
            int nearest = int.MaxValue;
            int length = 0;
            for (int i = 0; i < references.Count; i++)
            {
                ReadOnlySpan<int> reference = references[i];
                int distance = EditDistance.Between(hypothesis, reference);
                if (distance < nearest || (distance == nearest && reference.Length > length))
                {
                    (nearest, length) = (distance, reference.Length);
                }
            }

            _distance += nearest;
            _length += length;
            _sequences++;
        }
    }
}
