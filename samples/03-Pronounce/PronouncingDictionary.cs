using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Samples;

namespace PronounceSample;

/// <summary>
/// Words with their pronunciations, in the form of CMUdict: <c>aalborg(2) AA1 L B AO0 R G # place, danish</c>.
/// </summary>
/// <param name="Words">Those that the model takes, in the order in which they first come.</param>
/// <param name="TooLong">How many others there were, too long themselves or in all their pronunciations.</param>
internal sealed partial record PronouncingDictionary(ImmutableArray<DictionaryWord> Words, int TooLong)
{
    /// <summary>The part of CMUdict that comes with the sample.</summary>
    public static PronouncingDictionary Shipped()
    {
        using Stream part = Assembly.GetExecutingAssembly().GetManifestResourceStream("cmudict.dict")!;
        using var reader = new StreamReader(part);
        return Read(reader, "cmudict.dict");
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">There is none, or a line is of another form or not for this model.</exception>
    public static PronouncingDictionary Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'.");
        }

        using var reader = new StreamReader(path);
        return Read(reader, path);
    }

    /// <summary>Reads lines.</summary>
    /// <param name="reader">What they come from.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="InputException">A line is of another form or not for this model.</exception>
    public static PronouncingDictionary Read(TextReader reader, string name)
    {
        var words = new List<string>();
        var pronunciations = new Dictionary<string, List<string>>();
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            // What stands behind a '#' is a comment.
            string content = line.Split('#')[0].Trim();
            if (content.Length == 0)
            {
                continue;
            }

            (string word, string phonemes) = ReadLine(content, $"'{name}', line {number}");
            if (!pronunciations.TryGetValue(word, out List<string>? known))
            {
                words.Add(word);
                pronunciations.Add(word, known = []);
            }

            // Some differ by nothing but stress.
            if (!known.Contains(phonemes))
            {
                known.Add(phonemes);
            }
        }

        return Fitting(words.Select(word => new DictionaryWord(word, [.. pronunciations[word]])));
    }

    private static PronouncingDictionary Fitting(IEnumerable<DictionaryWord> all)
    {
        DictionaryWord[] words = [.. all];
        ImmutableArray<DictionaryWord> fitting =
        [
            .. words
                .Where(word => word.Spelling.Length <= Vocabulary.Letters.Most)
                .Select(word => word with { Pronunciations = [.. word.Pronunciations.Where(Fits)] })
                .Where(word => word.Pronunciations.Length > 0),
        ];
        return new PronouncingDictionary(fitting, words.Length - fitting.Length);
    }

    private static bool Fits(string pronunciation) =>
        Vocabulary.Phonemes.Split(pronunciation).Length <= Vocabulary.Phonemes.Most;

    private static (string Word, string Phonemes) ReadLine(string content, string place)
    {
        Match match = Form().Match(content);
        if (!match.Success)
        {
            throw new InputException($"{place}: it must be of the form 'word PHONEME PHONEME ...'.");
        }

        string word = match.Groups["word"].Value.ToLowerInvariant();
        string phonemes = string.Join(
            ' ', match.Groups["phoneme"].Captures.Select(phoneme => phoneme.Value.TrimEnd('0', '1', '2')));
        try
        {
            Vocabulary.Letters.CheckKnown(word);
            Vocabulary.Phonemes.CheckKnown(phonemes);
            return (word, phonemes);
        }
        catch (InputException exception)
        {
            throw new InputException($"{place}: {exception.Message}");
        }
    }

    // Behind a further pronunciation's word stands its number.
    [GeneratedRegex(@"^(?<word>\S+?)(\([0-9]+\))?(\s+(?<phoneme>\S+))+$")]
    private static partial Regex Form();
}
