using System.Collections.Immutable;
using RnnGen;

namespace PronounceSample;

/// <summary>Words to measure a model by, each with all pronunciations that are right.</summary>
internal sealed class HeldOutWords(ImmutableArray<DictionaryWord> words)
{
    private const int WordsAtATime = 4 * Pronouncer.Batch;

    private readonly int[][][] _sources =
    [
        .. words.Select(word => Vocabulary.Letters.Encode(word.Spelling)).Chunk(WordsAtATime),
    ];

    private readonly int[][][] _references = [.. words.Select(References)];

    /// <summary>How often pronunciations of the words are wrong.</summary>
    /// <param name="pronunciations">One for each word, as tokens.</param>
    public ErrorRates RatesOf(IReadOnlyList<int[]> pronunciations) => new(
        1 - new ExactMatch().Of(pronunciations, _references), new ErrorRate().Of(pronunciations, _references));

    /// <summary>Lets a model pronounce all words.</summary>
    /// <param name="model">The model, which may be in training, between two steps.</param>
    /// <param name="search">How it looks for pronunciations, of which the best counts.</param>
    /// <param name="threads">On how many threads; the result does not depend on it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when it was ended.</returns>
    public ErrorRates? Measure(
        Pronouncer model, DecodingOptions search, int threads, CancellationToken cancellation)
    {
        var found = new int[_sources.Length][][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, found.Length, parallel, i =>
                found[i] = [.. model.Decode(_sources[i], search).Select(some => some[0].Tokens.ToArray())]);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        return RatesOf([.. found.SelectMany(some => some)]);
    }

    private static int[][] References(DictionaryWord word) =>
        [.. word.Pronunciations.Select(one => Vocabulary.Phonemes.Encode(one))];
}
