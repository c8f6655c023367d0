using System.Collections.Immutable;
using Samples;

namespace TranslateSample;

/// <summary>
/// Which word each token stands for, whatever its capitals: the most frequent words of the sentences that are trained
/// on. Token 0 stands for all others: the rare ones, so that the model learns in training what to do with words that it
/// does not know. The model's number of tokens is a constant of its code, so the last may stand for nothing.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>The token of all words without one of their own.</summary>
    public const int Unknown = 0;

    /// <summary>A word that is there less often has no token of its own.</summary>
    public const int LeastCount = 3;

    /// <summary>Two words are the same but for capitals.</summary>
    public static readonly StringComparer Comparer = StringComparer.OrdinalIgnoreCase;

    private readonly int _first;
    private readonly Dictionary<string, int> _tokens = new(Comparer);

    /// <summary>Makes a vocabulary of its words.</summary>
    /// <param name="language">What it is of.</param>
    /// <param name="words">The words of the first token, the next, ...</param>
    /// <exception cref="InvalidDataException">They are none, too many, twice the same, or no words.</exception>
    public Vocabulary(Language language, ImmutableArray<string> words)
    {
        _first = language.FirstWord;
        Words = words;
        if (words.Length == 0 || words.Length > language.MostWords)
        {
            throw new InvalidDataException(
                $"The {language.Name} vocabulary has {words.Length} words; it must have 1 to {language.MostWords}.");
        }

        foreach (string word in words)
        {
            if (!Tokenizer.IsWord(word) || !_tokens.TryAdd(word, _first + _tokens.Count))
            {
                throw new InvalidDataException(
                    $"Word {_tokens.Count + 1} of the {language.Name} vocabulary is there twice, or is no word.");
            }
        }
    }

    /// <summary>Its words, the most frequent first, each as it is mostly spelt.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>The vocabulary of some sentences; of words as frequent as each other those first by the alphabet.
    /// </summary>
    /// <exception cref="InputException">No word is there often enough.</exception>
    public static Vocabulary Of(Language language, IEnumerable<ImmutableArray<string>> sentences)
    {
        var counts = new Dictionary<string, int>(Comparer);
        var spellings = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ImmutableArray<string> sentence in sentences)
        {
            for (int i = 0; i < sentence.Length; i++)
            {
                Count(counts, sentence[i]);

                // A capital at the beginning of a sentence tells nothing about the word.
                if (i > 0)
                {
                    Count(spellings, sentence[i]);
                }
            }
        }

        string[] frequent =
        [
            .. counts.Where(pair => pair.Value >= LeastCount)
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, Comparer)
                .Take(language.MostWords)
                .Select(pair => pair.Key),
        ];
        if (frequent is [])
        {
            throw new InputException(
                $"Of {counts.Count} {language.Name} words to train on none is there {LeastCount} times: there must be "
                + "1 or more.");
        }

        ILookup<string, KeyValuePair<string, int>> spellingsOf = spellings.ToLookup(pair => pair.Key, Comparer);
        return new Vocabulary(
            language, [.. frequent.Select(word => Usual(spellingsOf[word]) ?? word.ToLowerInvariant())]);
    }

    /// <summary>Whether a word has a token of its own.</summary>
    public bool Knows(string word) => _tokens.ContainsKey(word);

    /// <summary>The tokens of words.</summary>
    public int[] Encode(IEnumerable<string> words) =>
        [.. words.Select(word => _tokens.GetValueOrDefault(word, Unknown))];

    /// <summary>The word of a token; null where it stands for none, or for those that are unknown.</summary>
    public string? WordOf(int token) =>
        token >= _first && token - _first < Words.Length ? Words[token - _first] : null;

    private static void Count(Dictionary<string, int> counts, string word) =>
        counts[word] = counts.GetValueOrDefault(word) + 1;

    private static string? Usual(IEnumerable<KeyValuePair<string, int>> spellings) =>
        spellings.OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key)
            .FirstOrDefault();
}
