using System.Collections.Immutable;
using RnnGen.Weights;
using Samples;

namespace TranslateSample;

/// <summary>
/// A model with its words in one safetensors file, the words among the metadata: weights without the words that they
/// were trained for would give nonsense.
/// </summary>
internal static class ModelFile
{
    /// <summary>Writes the file; one that is there is replaced when the new one is complete.</summary>
    public static void Save(string path, SentenceTranslator translator)
    {
        string weights = OutputFile.Temporary(path);
        string complete = OutputFile.Temporary(path);
        try
        {
            translator.Model.Save(weights);
            AddWords(weights, complete, translator);
            File.Move(complete, path, overwrite: true);
        }
        finally
        {
            File.Delete(weights);
            File.Delete(complete);
        }
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InputException">There is none, or it is not of this sample.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its tensors are not this model's.</exception>
    public static SentenceTranslator Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There are no weights '{path}': train first.");
        }

        var model = SentenceModel.Load(path);
        using FileStream file = File.OpenRead(path);
        ImmutableDictionary<string, string> metadata = Safetensors.ReadHeader(file).Metadata;
        return new SentenceTranslator(
            model, Words(metadata, Language.English, path), Words(metadata, Language.French, path));
    }

    private static Vocabulary Words(ImmutableDictionary<string, string> metadata, Language language, string path) =>
        metadata.TryGetValue(language.Name, out string? words)
            ? new Vocabulary(language, [.. words.Split('\n')])
            : throw new InputException(
                $"The weights '{path}' have no {language.Name} words beside them: they were not saved by this sample.");

    private static void AddWords(string from, string to, SentenceTranslator translator)
    {
        using FileStream source = File.OpenRead(from);
        using FileStream target = new(to, FileMode.CreateNew, FileAccess.Write);
        SafetensorsHeader header = Safetensors.ReadHeader(source);
        Safetensors.WriteHeader(
            target,
            header.Tensors,
            header.Metadata
                .SetItem(Language.English.Name, string.Join('\n', translator.English.Words))
                .SetItem(Language.French.Name, string.Join('\n', translator.French.Words)));
        source.CopyTo(target);
        target.Flush(flushToDisk: true);
    }
}
