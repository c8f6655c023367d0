namespace Samples;

/// <summary>Where a sample saves its weights, and what else it makes.</summary>
internal static class OutputFile
{
    /// <summary>Finds out now, rather than after training, that a file cannot be written.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="content">What is to be saved as this file, in words.</param>
    /// <exception cref="InputException">It cannot.</exception>
    public static void CheckWritable(string path, string content = "The weights")
    {
        if (string.IsNullOrWhiteSpace(path) || Directory.Exists(path))
        {
            throw new InputException($"{content} cannot be saved as '{path}': it is not the name of a file.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new InputException($"{content} cannot be saved as '{path}': there is no folder '{folder}'.");
        }

        try
        {
            using FileStream probe = new(
                Temporary(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{content} cannot be saved as '{path}': {exception.Message}");
        }
    }

    /// <summary>A name beside a file, for what is not that file yet.</summary>
    public static string Temporary(string path) => $"{path}.{Path.GetRandomFileName()}.tmp";
}
