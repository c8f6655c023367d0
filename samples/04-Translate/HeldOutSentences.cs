using System.Collections.Immutable;
using RnnGen;

namespace TranslateSample;

/// <summary>Sentences that are not trained on, each with all its translations.</summary>
/// <remarks>
/// BLEU is that of sacreBLEU on words as <see cref="Tokenizer"/> splits them, whatever their capitals, and of the words
/// themselves: one that the model does not know is no match unless what stands in its place is.
/// </remarks>
internal sealed class HeldOutSentences
{
    // So many are translated before anybody is asked whether to go on.
    private const int Together = 4 * SentenceModel.Batch;

    private readonly ImmutableArray<string>[] _sentences;
    private readonly int[][][] _references;
    private readonly Dictionary<string, int> _words = new(Vocabulary.Comparer);

    public HeldOutSentences(IEnumerable<SentencePair> pairs)
    {
        // Of similar lengths side by side, so that a batch ends together.
        IGrouping<string, SentencePair>[] groups =
            [.. pairs.GroupBy(pair => pair.Source).OrderBy(group => group.First().English.Length)];
        _sentences = [.. groups.Select(group => group.First().English)];
        _references = [.. groups.Select(group => group.Select(pair => Number(pair.French)).ToArray())];
    }

    public int Count => _sentences.Length;

    /// <summary>Translates all of them.</summary>
    /// <returns>BLEU, from 0 to 100.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double Measure(SentenceTranslator translator, int beam, CancellationToken cancellation)
    {
        var hypotheses = new List<int[]>(_sentences.Length);
        foreach (ImmutableArray<string>[] some in _sentences.Chunk(Together))
        {
            cancellation.ThrowIfCancellationRequested();
            hypotheses.AddRange(translator.Translate(some, beam).Select(found => Number(found.Words)));
        }

        return new Bleu().Of(hypotheses, _references);
    }

    // The metric compares numbers, one for each word.
    private int[] Number(ImmutableArray<string> words) =>
        [.. words.Select(word => _words.TryGetValue(word, out int number) ? number : _words[word] = _words.Count)];
}
