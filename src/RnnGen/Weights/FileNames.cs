using System.Collections.Immutable;

namespace RnnGen.Weights;

/// <summary>Under which name a file has each tensor of a model.</summary>
internal sealed class FileNames
{
    private readonly Dictionary<string, string> _byModelName = new(StringComparer.Ordinal);

    /// <summary>Asks the options for every name.</summary>
    /// <exception cref="ArgumentException">The options contradict themselves, or two tensors get one name.</exception>
    public FileNames(ImmutableArray<TensorMap> tensors, LoadOptions options)
    {
        if (options.Rename is not null && options.FilePrefix.Length + options.ModelPrefix.Length > 0)
        {
            throw new ArgumentException(
                $"{nameof(LoadOptions.Rename)} gives whole names: {nameof(LoadOptions.FilePrefix)} and "
                + $"{nameof(LoadOptions.ModelPrefix)} must be empty with it, and are '{options.FilePrefix}' and "
                + $"'{options.ModelPrefix}'.",
                nameof(options));
        }

        if (options.ModelPrefix.Length > 0
            && !tensors.Any(tensor => tensor.Name.StartsWith(options.ModelPrefix, StringComparison.Ordinal)))
        {
            throw new ArgumentException(
                $"{nameof(LoadOptions.ModelPrefix)} is '{options.ModelPrefix}', which none of the model's tensors "
                + $"begins with: {string.Join(", ", tensors.Select(tensor => tensor.Name))}.",
                nameof(options));
        }

        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (TensorMap tensor in tensors)
        {
            string name = NameOf(tensor.Name, options);
            if (!seen.TryAdd(name, tensor.Name))
            {
                throw new ArgumentException(
                    $"The options give the tensors '{seen[name]}' and '{tensor.Name}' the same name in the file, "
                    + $"'{name}'.",
                    nameof(options));
            }

            _byModelName.Add(tensor.Name, name);
        }
    }

    public string this[string modelName] => _byModelName[modelName];

    /// <summary>What the names of a layer's tensors begin with in the file; null where that cannot be told.</summary>
    public string? OfLayer(string layer)
    {
        string start = layer + ".";
        string? tensor = _byModelName.Keys.FirstOrDefault(name => name.StartsWith(start, StringComparison.Ordinal));
        string rest = tensor is null ? "" : tensor[layer.Length..];
        return tensor is not null && this[tensor].EndsWith(rest, StringComparison.Ordinal)
            ? this[tensor][..^rest.Length]
            : null;
    }

    private static string NameOf(string name, LoadOptions options)
    {
        if (options.Rename is { } rename)
        {
            return rename(name) ?? throw new ArgumentException(
                $"{nameof(LoadOptions.Rename)} gives null for '{name}': it must give a name for every tensor.",
                nameof(options));
        }

        return name.StartsWith(options.ModelPrefix, StringComparison.Ordinal)
            ? options.FilePrefix + name[options.ModelPrefix.Length..]
            : name;
    }
}
