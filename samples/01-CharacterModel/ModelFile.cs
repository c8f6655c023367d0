using RnnGen.Weights;
using Samples;

namespace CharacterSample;

/// <summary>
/// A model with its vocabulary in one safetensors file, the vocabulary among the metadata: weights without the
/// characters that they were trained for would generate nonsense.
/// </summary>
internal static class ModelFile
{
    private const string VocabularyKey = "vocabulary";

    /// <summary>Writes the file; one that is there is replaced when the new one is complete.</summary>
    public static void Save(string path, CharacterModel model, Vocabulary vocabulary)
    {
        string weights = OutputFile.Temporary(path);
        string complete = OutputFile.Temporary(path);
        try
        {
            model.Save(weights);
            AddVocabulary(weights, complete, vocabulary);
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
    public static (CharacterModel Model, Vocabulary Vocabulary) Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There are no weights '{path}': train first.");
        }

        var model = CharacterModel.Load(path);
        using FileStream file = File.OpenRead(path);
        if (!Safetensors.ReadHeader(file).Metadata.TryGetValue(VocabularyKey, out string? characters))
        {
            throw new InputException(
                $"The weights '{path}' have no vocabulary beside them: they were not saved by this sample.");
        }

        return (model, new Vocabulary(characters));
    }

    private static void AddVocabulary(string from, string to, Vocabulary vocabulary)
    {
        using FileStream source = File.OpenRead(from);
        using FileStream target = new(to, FileMode.CreateNew, FileAccess.Write);
        SafetensorsHeader header = Safetensors.ReadHeader(source);
        Safetensors.WriteHeader(
            target, header.Tensors, header.Metadata.SetItem(VocabularyKey, vocabulary.Characters));
        source.CopyTo(target);
        target.Flush(flushToDisk: true);
    }
}
