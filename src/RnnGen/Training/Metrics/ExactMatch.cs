namespace RnnGen;

/// <summary>
/// The share of sequences that are right from beginning to end, from 0 to 1. Of several references any will do.
/// </summary>
public sealed class ExactMatch() : TokenMetric("exact match", higherIsBetter: true)
{
    /// <inheritdoc/>
    public override TokenAccumulator Begin() => new Share();

    private sealed class Share : TokenAccumulator
    {
        private long _right;
        private long _sequences;

        public override double Value => (double)_right / _sequences;

        public override void Add(ReadOnlySpan<int> hypothesis, TokenReferences references)
        {
            bool isRight = false;
            for (int i = 0; i < references.Count && !isRight; i++)
            {
                isRight = hypothesis.SequenceEqual(references[i]);
            }

            _right += isRight ? 1 : 0;
            _sequences++;
        }
    }
}
