using System.Collections.Immutable;

namespace RnnGen.Weights;

/// <summary>Compares a model's choices that decide what tensors mean with those that a file records.</summary>
internal static class OptionMatch
{
    /// <exception cref="InvalidDataException">The file is of another choice: what to write is said.</exception>
    public static void Check(
        ImmutableArray<RecordedOption> options, ImmutableDictionary<string, string> metadata, FileNames names)
    {
        HashSet<string> otherCells = [.. options
            .Where(option => option.IsCell && Recorded(option, metadata, names) is { } saved && saved != option.Value)
            .Select(option => option.Layer)];

        // Another cell has other options: what the file is silent about is none of its.
        string?[] complaints = [.. options.Select(option => Recorded(option, metadata, names) is { } saved
            ? Contradiction(option, saved)
            : otherCells.Contains(option.Layer) ? null : Silence(option)).Where(complaint => complaint is not null)];
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

    private static string? Contradiction(RecordedOption option, string saved) => saved == option.Value ? null
        : option.IsCell ? OtherCell(option, saved)
        : $"{Choice(option)}, but the file was saved with {Written(option, saved)}, where the same tensors mean "
            + $"something else: write {Written(option, saved)} in the layer's attribute.";

    // A cell that its author has renamed since is the same all the same.
    private static string OtherCell(RecordedOption option, string saved) =>
        $"{Choice(option)}, but the file was saved with {Written(option, saved)}, where the same tensors mean "
        + $"something else: write {CellAttribute(saved)} in place of the layer's attribute."
        + (IsBuiltIn(saved) && IsBuiltIn(option.Value) ? "" : Mark(option));

    private static string? Silence(RecordedOption option) => option.Assumed is null || option.Assumed == option.Value
        ? null
        : $"{Choice(option)}, but the file does not record {option.Name}, as PyTorch's do not, and is taken to be of "
            + $"{Written(option, option.Assumed)}: write {Written(option, option.Assumed)} in the layer's attribute."
            + Mark(option);

    private static string Mark(RecordedOption option) =>
        $" If the file is of {Written(option, option.Value)} all the same, its metadata must have "
        + $"\"{option.Key}\": \"{option.Value}\".";

    private static string Choice(RecordedOption option) =>
        $"Layer '{option.Layer}' has {Written(option, option.Value)}";

    // An option as C# has it in an attribute.
    private static string Written(RecordedOption option, string value) =>
        (option.IsCell ? "the cell " : $"{option.Name} = {(option.EnumName is null ? "" : option.EnumName + ".")}")
        + SafetensorsHeaderParser.Shorten(value);

    private static string CellAttribute(string cell) => IsBuiltIn(cell)
        ? $"[{SafetensorsHeaderParser.Shorten(cell)}(…)]"
        : $"[Recurrent<{SafetensorsHeaderParser.Shorten(cell)}>(…)], or an attribute derived from it,";

    private static bool IsBuiltIn(string cell) => !cell.Contains('.') && !cell.Contains(':');
}
