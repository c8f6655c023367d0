using System.Collections.Immutable;

namespace RnnGen.Weights;

/// <summary>Compares a model's options that decide what tensors mean with those that a file records.</summary>
internal static class OptionMatch
{
    /// <exception cref="InvalidDataException">The file is of another choice: what to write is said.</exception>
    public static void Check(
        ImmutableArray<RecordedOption> options, ImmutableDictionary<string, string> metadata, FileNames names)
    {
        string?[] complaints = [.. options.Select(option => Recorded(option, metadata, names) is { } saved
            ? Contradiction(option, saved)
            : Silence(option)).Where(complaint => complaint is not null)];
        if (complaints.Length > 0)
        {
            throw new InvalidDataException(string.Join(" ", complaints));
        }
    }

    // Under the layer's name in the file, if that is another; but whoever only renames tensors leaves the metadata.
    private static string? Recorded(
        RecordedOption option, ImmutableDictionary<string, string> metadata, FileNames names)
    {
        string layer = names.OfLayer(option.Layer) ?? option.Layer;
        string key = (option with { Layer = layer }).Key;
        return metadata.GetValueOrDefault(key) ?? metadata.GetValueOrDefault(option.Key);
    }

    private static string? Contradiction(RecordedOption option, string saved) => saved == option.Value
        ? null
        : $"{Choice(option)}, but the file was saved with {Written(option, saved)}, where the same tensors mean "
            + $"something else: write {Written(option, saved)} in the layer's attribute.";

    private static string? Silence(RecordedOption option) => option.Assumed is null || option.Assumed == option.Value
        ? null
        : $"{Choice(option)}, but the file does not record {option.Name}, as PyTorch's do not, and is taken to be of "
            + $"{Written(option, option.Assumed)}: write {Written(option, option.Assumed)} in the layer's attribute. "
            + $"If the file is of {Written(option, option.Value)} all the same, its metadata must have "
            + $"\"{option.Key}\": \"{option.Value}\".";

    private static string Choice(RecordedOption option) =>
        $"Layer '{option.Layer}' has {Written(option, option.Value)}";

    // As C# has it in an attribute.
    private static string Written(RecordedOption option, string value) =>
        $"{option.Name} = {(option.EnumName is null ? "" : option.EnumName + ".")}"
        + SafetensorsHeaderParser.Shorten(value);
}
