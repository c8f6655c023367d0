using System.Collections.Immutable;
using RnnGen;
using Samples;

namespace PronounceSample;

/// <summary>Pronounces what is typed, word by word.</summary>
/// <param name="model">The model.</param>
/// <param name="best">How many pronunciations each word gets, from 1 to <see cref="Pronunciations.BeamSize"/>.</param>
/// <param name="picture">Where the attention of each word is drawn, over that of the word before; null for nowhere.
/// </param>
internal sealed class Dialogue(Pronouncer model, int best, string? picture)
{
    private readonly DecodingOptions _search =
        Pronunciations.Search with { Count = best, Attention = picture is not null };

    /// <summary>Answers every line until there are no more.</summary>
    /// <param name="input">Where they come from.</param>
    /// <param name="output">Where the answers go, a line for each word.</param>
    /// <param name="prompt">What to write before each line is read.</param>
    public void Run(TextReader input, TextWriter output, string prompt)
    {
        output.Write(prompt);
        output.Flush();
        while (input.ReadLine() is { } line)
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            foreach (string word in words.DefaultIfEmpty(""))
            {
                output.WriteLine(Answer(word));
            }

            output.Write(prompt);
            output.Flush();
        }
    }

    /// <summary>The pronunciations of a word, the best first, or what is wrong with it.</summary>
    public string Answer(string typed)
    {
        string word = typed.ToLowerInvariant();
        int[] letters;
        try
        {
            letters = Vocabulary.Letters.Encode(word);
        }
        catch (InputException exception)
        {
            return exception.Message;
        }

        ImmutableArray<Hypothesis> found = model.Decode(letters, _search);
        if (picture is not null)
        {
            AttentionPicture.Save(picture, word, found[0]);
        }

        return $"{word}: {string.Join(", ", found.Select(Pronunciations.Text))}";
    }
}
