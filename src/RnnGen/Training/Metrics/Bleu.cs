using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// BLEU of a corpus (Papineni et al. 2002), from 0 to 100, as sacreBLEU 2 computes it on text that is tokenised already
/// (<c>tok:none|eff:no|smooth:exp</c>): the geometric mean of the precisions of n-grams of 1 to 4 tokens, added up over
/// all sequences, times a penalty where the hypotheses together are shorter than the references.
/// </summary>
/// <remarks>
/// An n-gram counts as often as it stands in that reference which has it most often. The length of a reference is that
/// of the one whose length is closest, of two the shorter. An order without any match has, in place of 0, half the
/// precision of a single match, the next such order a quarter, and so on (method 3 of Chen and Cherry 2014); without a
/// match of any order BLEU is 0.
/// </remarks>
public sealed class Bleu() : TokenMetric("BLEU", higherIsBetter: true)
{
    /// <summary>
    /// Whether orders of which the hypotheses have no n-grams at all, being too short, are left out of the mean: for
    /// the BLEU of single sequences. False, the default, makes it 0 then.
    /// </summary>
    public bool EffectiveOrder { get; init; }

    /// <inheritdoc/>
    public override TokenAccumulator Begin() => new Statistics(EffectiveOrder);

    private sealed class Statistics(bool effectiveOrder) : TokenAccumulator
    {
        private readonly long[] _matches = new long[NGramCounts.Orders];
        private readonly long[] _totals = new long[NGramCounts.Orders];
        private readonly NGramCounts _ofHypothesis = new();
        private readonly NGramCounts _ofReference = new();
        private readonly NGramCounts _ofReferences = new();
        private long _hypothesisLength;
        private long _referenceLength;
        private long _sequences;

        public override double Value =>
            _sequences == 0 ? double.NaN : Array.TrueForAll(_matches, count => count == 0) ? 0 : Score();

        private double BrevityPenalty => _hypothesisLength >= _referenceLength
            ? 1
            : Math.Exp(1 - ((double)_referenceLength / _hypothesisLength));

        public override void Add(ReadOnlySpan<int> hypothesis, TokenReferences references)
        {
            _ofReferences.Clear();
            int closest = references[0].Length;
            for (int i = 0; i < references.Count; i++)
            {
                ReadOnlySpan<int> reference = references[i];
                _ofReference.Clear();
                _ofReference.Add(reference);
                _ofReferences.Raise(_ofReference);
                closest = Closer(hypothesis.Length, closest, reference.Length);
            }

            _ofHypothesis.Clear();
            _ofHypothesis.Add(hypothesis);
            _ofHypothesis.AddMatches(_ofReferences, _matches);
            for (int order = 1; order <= _totals.Length; order++)
            {
                _totals[order - 1] += Math.Max(0, hypothesis.Length - order + 1);
            }

            _hypothesisLength += hypothesis.Length;
            _referenceLength += closest;
            _sequences++;
        }

        private static int Closer(int length, int one, int other)
        {
            int ofOne = Math.Abs(length - one);
            int ofOther = Math.Abs(length - other);
            return ofOther < ofOne || (ofOther == ofOne && other < one) ? other : one;
        }

        private double Score()
        {
            double sum = 0;
            double share = 1;
            int order = 0;
            while (order < _totals.Length && _totals[order] > 0)
            {
                double matches = _matches[order] > 0 ? _matches[order] : share /= 2;
                sum += Math.Log(100 * matches / _totals[order]);
                order++;
            }

            return order == _totals.Length || effectiveOrder ? BrevityPenalty * Math.Exp(sum / order) : 0;
        }
    }
}
