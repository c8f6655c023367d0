using System.Collections.Immutable;

namespace RnnGen.Weights;

/// <summary>Compares the tensors that a model needs with those that a file has.</summary>
internal sealed class TensorMatch
{
    private const int MaxListed = 20;

    private readonly Dictionary<string, SafetensorsEntry> _entries;
    private readonly HashSet<string> _known;
    private readonly ImmutableArray<TensorMap> _tensors;
    private readonly FileNames _names;
    private readonly LoadOptions _options;

    public TensorMatch(
        ImmutableArray<TensorMap> tensors, ImmutableArray<SafetensorsEntry> entries, FileNames names,
        LoadOptions options)
    {
        _entries = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        _known = tensors.Select(tensor => names[tensor.Name]).ToHashSet(StringComparer.Ordinal);
        (_tensors, _names, _options) = (tensors, names, options);
    }

    /// <summary>The tensors to read, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">
    /// A tensor is missing, is not the model's or does not fit: all of them are named.
    /// </exception>
    public IReadOnlyList<(TensorMap Tensor, SafetensorsEntry Entry)> InFileOrder()
    {
        string[] missing = [.. _tensors.Where(IsMissed).Select(Describe)];
        string[] complaints =
        [
            .. List("The model needs tensors that the file lacks", missing),
            .. List("The file has tensors that the model does not use", _entries.Values
                .Where(entry => !_known.Contains(entry.Name))
                .Select(entry => $"{SafetensorsHeaderParser.Quote(entry.Name)} {ShapeOf(entry)}")),
            .. List("Tensors have another shape in the file than in the model", _tensors
                .Where(tensor => EntryOf(tensor) is { } entry && !Fits(tensor, entry))
                .Select(tensor => $"'{_names[tensor.Name]}' has {ShapeOf(EntryOf(tensor)!)}, "
                    + $"wanted {ShapeOf(tensor)}")),
            .. List("Tensors are not of type F64, F32, F16 or BF16", _entries.Values
                .Where(entry => _known.Contains(entry.Name) && Safetensors.FloatSize(entry.Type) == 0)
                .Select(entry => $"'{entry.Name}' is {entry.Type}")),
        ];
        if (complaints.Length > 0)
        {
            string advice = missing.Length > 0 ? NameAdvice.For(_tensors, _entries) : "";
            throw new InvalidDataException(string.Join(" ", complaints) + advice);
        }

        return [.. _tensors.Where(tensor => EntryOf(tensor) is not null)
            .Select(tensor => (Tensor: tensor, Entry: EntryOf(tensor)!))
            .OrderBy(pair => pair.Entry.Start).ThenBy(pair => pair.Entry.End)];
    }

    public static bool Fits(TensorMap tensor, SafetensorsEntry entry) =>
        entry.Shape.SequenceEqual(tensor.Shape.Select(size => (long)size));

    /// <summary>Whether a layer can do without the tensor: biases are all that PyTorch's can.</summary>
    public static bool IsBias(TensorMap tensor) => tensor.Shape.Length == 1
        && tensor.Name[(tensor.Name.LastIndexOf('.') + 1)..].StartsWith("bias", StringComparison.Ordinal);

    private SafetensorsEntry? EntryOf(TensorMap tensor) => _entries.GetValueOrDefault(_names[tensor.Name]);

    private bool IsMissed(TensorMap tensor) =>
        EntryOf(tensor) is null && !(_options.MissingBiasesAreZero && IsBias(tensor));

    private string Describe(TensorMap tensor) => _names[tensor.Name] == tensor.Name
        ? $"'{tensor.Name}' {ShapeOf(tensor)}"
        : $"'{_names[tensor.Name]}' {ShapeOf(tensor)} for '{tensor.Name}'";

    private static string ShapeOf(TensorMap tensor) => $"[{string.Join(", ", tensor.Shape)}]";

    private static string ShapeOf(SafetensorsEntry entry) =>
        SafetensorsHeaderParser.Shorten($"[{string.Join(", ", entry.Shape)}]");

    // A file may have very many: those that are not listed are counted only.
    private static IEnumerable<string> List(string title, IEnumerable<string> tensors)
    {
        var listed = new List<string>();
        int count = 0;
        foreach (string tensor in tensors)
        {
            count++;
            if (count <= MaxListed)
            {
                listed.Add(tensor);
            }
        }

        string more = count > MaxListed ? $" and {count - MaxListed} more" : "";
        return count == 0 ? [] : [$"{title}: {string.Join("; ", listed)}{more}."];
    }
}
