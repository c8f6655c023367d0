using RnnGen.Weights;

namespace CharacterSample;

/// <summary>
/// A model with its vocabulary in one safetensors file, the vocabulary among the metadata: weights without the
/// characters that they were trained for would generate nonsense.
/// </summary>
internal static class ModelFile
{
    private const string VocabularyKey = "vocabulary";

    /// <summary>Finds out now, rather than after training, that a file cannot be written.</summary>
    /// <exception cref="InputException">It cannot.</exception>
    public static void CheckWritable(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || Directory.Exists(path))
        {
            throw new InputException($"The weights cannot be saved as '{path}': it is not the name of a file.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new InputException($"The weights cannot be saved as '{path}': there is no folder '{folder}'.");
        }

        try
        {
            using FileStream probe = new(
                Temporary(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The weights cannot be saved as '{path}': {exception.Message}");
        }
    }

    /// <summary>Writes the file; one that is there is replaced when the new one is complete.</summary>
    public static void Save(string path, CharacterModel model, Vocabulary vocabulary)
    {
        string weights = Temporary(path);
        string complete = Temporary(path);
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

    private static string Temporary(string path) => $"{path}.{Path.GetRandomFileName()}.tmp";
}
