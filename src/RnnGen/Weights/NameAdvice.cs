using System.Collections.Immutable;

namespace RnnGen.Weights;

/// <summary>Which options would make a refused file fit, if its tensors are the model's under other names.</summary>
internal static class NameAdvice
{
    // Trying prefixes is for files of a model's size, not for any that somebody sends.
    private const int MaxTensors = 1000;

    /// <summary>A sentence behind the complaints; empty if no prefix does it.</summary>
    public static string For(ImmutableArray<TensorMap> tensors, Dictionary<string, SafetensorsEntry> entries)
    {
        if (tensors.Length > MaxTensors || entries.Count > tensors.Length || entries.Count == 0)
        {
            return "";
        }

        foreach (TensorMap tensor in tensors)
        {
            // The first that the file has under any name decides which prefixes there can be.
            foreach (LoadOptions options in Candidates(tensor, entries.Values))
            {
                if (Fits(tensors, entries, options, out bool lacksBiases))
                {
                    return $" {Sentence(options, lacksBiases)}";
                }
            }
        }

        return "";
    }

    private static IEnumerable<LoadOptions> Candidates(TensorMap tensor, IEnumerable<SafetensorsEntry> entries)
    {
        string name = tensor.Name;
        for (int start = 0; start >= 0 && start < name.Length; start = AfterDot(name, start))
        {
            string rest = name[start..];
            foreach (SafetensorsEntry entry in entries)
            {
                string prefix = entry.Name.EndsWith(rest, StringComparison.Ordinal) ? entry.Name[..^rest.Length] : ".";
                if (prefix != "." && (prefix.Length == 0 || prefix[^1] == '.') && TensorMatch.Fits(tensor, entry))
                {
                    yield return new LoadOptions { FilePrefix = prefix, ModelPrefix = name[..start] };
                }
            }
        }
    }

    private static int AfterDot(string name, int start) =>
        name.IndexOf('.', start) is >= 0 and int dot ? dot + 1 : -1;

    private static bool Fits(
        ImmutableArray<TensorMap> tensors, Dictionary<string, SafetensorsEntry> entries, LoadOptions options,
        out bool lacksBiases)
    {
        lacksBiases = false;
        int used = 0;
        FileNames names;
        try
        {
            names = new FileNames(tensors, options);
        }
        catch (ArgumentException)
        {
            return false;
        }

        foreach (TensorMap tensor in tensors)
        {
            if (!entries.TryGetValue(names[tensor.Name], out SafetensorsEntry? entry))
            {
                if (!TensorMatch.IsBias(tensor))
                {
                    return false;
                }

                lacksBiases = true;
            }
            else if (!TensorMatch.Fits(tensor, entry))
            {
                return false;
            }
            else
            {
                used++;
            }
        }

        return used == entries.Count;
    }

    private static string Sentence(LoadOptions options, bool lacksBiases)
    {
        string[] settings =
        [
            .. Setting(nameof(LoadOptions.FilePrefix), options.FilePrefix),
            .. Setting(nameof(LoadOptions.ModelPrefix), options.ModelPrefix),
            .. lacksBiases ? [$"{nameof(LoadOptions.MissingBiasesAreZero)} = true"] : (string[])[],
        ];
        string why = (settings.Length, lacksBiases) switch
        {
            (1, true) => "If the file's layers have no biases, zeros are taken for them by",
            (_, true) => "The names differ by a prefix, and the file has no such biases; zeros are taken for them by",
            _ => "The names differ by a prefix only: load the file with",
        };
        return $"{why} 'options: new LoadOptions {{ {string.Join(", ", settings)} }}'.";
    }

    private static string[] Setting(string property, string prefix) =>
        prefix.Length == 0 ? [] : [$"{property} = \"{SafetensorsHeaderParser.Shorten(prefix)}\""];
}
