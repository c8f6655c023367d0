using System.Collections.Immutable;
using Samples;

namespace TranslateSample;

/// <summary>Files of sentence pairs: lines of <c>english TAB french</c>; what a further tab begins is not read.
/// </summary>
internal static class PairFile
{
    private const string Resource = "english-french.txt";

    /// <summary>The pairs that come with the sample.</summary>
    public static ImmutableArray<SentencePair> ReadDefault()
    {
        using Stream stream = typeof(PairFile).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return Read(reader, Resource);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">There is none, or a line has another form.</exception>
    public static ImmutableArray<SentencePair> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'.");
        }

        using StreamReader reader = File.OpenText(path);
        return Read(reader, path);
    }

    private static ImmutableArray<SentencePair> Read(StreamReader reader, string name)
    {
        ImmutableArray<SentencePair>.Builder pairs = ImmutableArray.CreateBuilder<SentencePair>();
        while (reader.ReadLine() is { } line)
        {
            pairs.Add(Read(line, $"'{name}', line {pairs.Count + 1}"));
        }

        return pairs.ToImmutable();
    }

    private static SentencePair Read(string line, string place)
    {
        if (line.Split('\t') is not [var english, var french, ..])
        {
            throw new InputException($"{place}: it must be of the form 'english<TAB>french'.");
        }

        return new SentencePair(
            Words(Language.English, english, place), Words(Language.French, french, place));
    }

    private static ImmutableArray<string> Words(Language language, string text, string place) =>
        language.Tokenizer.Split(text) is { Length: > 0 } words
            ? words
            : throw new InputException($"{place}: the {language.Name} side has 0 words; it must have 1 or more.");
}
