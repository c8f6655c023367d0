using System.Collections.Immutable;
using System.Globalization;

namespace TranslateSample;

/// <summary>Translates what is typed, a line at a time.</summary>
internal sealed class Dialogue(SentenceTranslator translator, int beam)
{
    private const int MostCharacters = 1000;

    /// <summary>Answers every line until there are no more.</summary>
    /// <param name="input">Where they come from.</param>
    /// <param name="output">Where the answers go, a line each.</param>
    /// <param name="prompt">What to write before each line is read.</param>
    public void Run(TextReader input, TextWriter output, string prompt)
    {
        output.Write(prompt);
        output.Flush();
        while (input.ReadLine() is { } line)
        {
            output.WriteLine(Answer(line));
            output.Write(prompt);
            output.Flush();
        }
    }

    /// <summary>The translation of a sentence, or what is wrong with it.</summary>
    public string Answer(string line)
    {
        if (line.Length > MostCharacters)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The sentence has {line.Length} characters; it must have 1 to {MostCharacters}.");
        }

        ImmutableArray<string> words = Tokenizer.English.Split(line);
        if (words.Length is 0 or > SentenceModel.SourceSteps)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The sentence has {words.Length} words, with punctuation marks; it must have 1 to "
                + $"{SentenceModel.SourceSteps}.");
        }

        Translation found = translator.Translate([words], beam)[0];
        string[] unknown =
            [.. words.Where(word => !translator.English.Knows(word)).Distinct().Select(word => $"'{Start(word)}'")];
        return Detokenizer.Join(found.Words)
            + (found.IsComplete ? "" : " ...")
            + (unknown is [] ? "" : $" (not known to the model: {string.Join(", ", unknown)})");
    }

    private static string Start(string word)
    {
        const int Most = 30;
        return word.Length <= Most
            ? word
            : word[..(char.IsHighSurrogate(word[Most - 1]) ? Most - 1 : Most)] + "...";
    }
}
