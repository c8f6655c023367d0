namespace Samples;

/// <summary>Where a sample saves its weights.</summary>
internal static class OutputFile
{
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

    /// <summary>A name beside a file, for what is not that file yet.</summary>
    public static string Temporary(string path) => $"{path}.{Path.GetRandomFileName()}.tmp";
}
