using System.Reflection;
using System.Text;
using Samples;

namespace CharacterSample;

/// <summary>A text to learn: the first 90 % are trained on, the rest is held out to measure by.</summary>
/// <param name="Source">Where it is from, in words.</param>
/// <param name="Training">The characters to train on: Unicode scalar values, so that no pair is cut in two.</param>
/// <param name="HeldOut">The characters to measure by.</param>
internal sealed record SampleText(string Source, Rune[] Training, Rune[] HeldOut)
{
    private const double TrainingShare = 0.9;

    // A byte that is not UTF-8 is an error rather than a question mark.
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static readonly string[] SourceFolders = ["src", "generator", "samples", "tests"];

    /// <summary>Reads a text of the user's.</summary>
    /// <exception cref="InputException">There is no such file, or it is no text, or too short.</exception>
    public static SampleText FromFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no text file '{path}'.");
        }

        try
        {
            return Split($"'{path}'", File.ReadAllText(path, StrictUtf8));
        }
        catch (DecoderFallbackException exception)
        {
            throw new InputException($"'{path}' is not a UTF-8 text: {exception.Message}");
        }
    }

    /// <summary>Joins the C# sources of the repository that this program was built from.</summary>
    /// <exception cref="InputException">They are not there any more.</exception>
    public static SampleText FromOwnSources()
    {
        string root = typeof(SampleText).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

        // By file name, not by folder: the held-out part, the last, is then of the same kind as the rest.
        string[] files =
        [
            .. SourceFolders.Select(folder => Path.Combine(root, folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
                .Where(path => IsWrittenByHand(Path.GetRelativePath(root, path)))
                .OrderBy(Path.GetFileName, StringComparer.Ordinal)
                .ThenBy(path => path, StringComparer.Ordinal),
        ];
        return files.Length > 0
            ? Split($"{files.Length} C# files of this repository", string.Concat(files.Select(File.ReadAllText)))
            : throw new InputException($"There are no C# sources in '{root}' any more: give a text with --text FILE.");
    }

    private static SampleText Split(string source, string text)
    {
        Rune[] characters = [.. text.EnumerateRunes()];
        int cut = (int)(characters.Length * TrainingShare);
        var split = new SampleText(source, characters[..cut], characters[cut..]);
        if (characters.Length == 0)
        {
            throw new InputException($"The text {source} is empty.");
        }

        // A window's targets are its inputs moved on by one character.
        return split.Training.Length > CharacterModel.Steps && split.HeldOut.Length > 1
            ? split
            : throw new InputException(
                $"The text {source} has {characters.Length} characters, which leaves {cut} to train on; a window of "
                + $"{CharacterModel.Steps} and the character after it need {CharacterModel.Steps + 1}.");
    }

    private static bool IsWrittenByHand(string path) =>
        !path.Split('/', '\\').Any(part => part is "bin" or "obj" or "Generated")
        && !path.EndsWith(".verified.cs", StringComparison.Ordinal)
        && !path.EndsWith(".received.cs", StringComparison.Ordinal);
}
