using System.Collections.Immutable;
using System.Numerics;

namespace RnnGen.Weights;

/// <summary>Reads a safetensors file into a model: all of it is checked and read before the model is touched.</summary>
internal static class WeightsReader
{
    private const int MaxListed = 20;

    public static void Read<T>(ParameterArena<T> parameters, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            Read(parameters, stream);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"'{path}' cannot be loaded. {exception.Message}", exception);
        }
    }

    public static void Read<T>(ParameterArena<T> parameters, Stream stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            Read(parameters, copy);
            return;
        }

        SafetensorsHeader header = Safetensors.ReadHeader(stream);
        Dictionary<string, SafetensorsEntry> entries =
            header.Tensors.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        CheckMatch(parameters, header, entries);
        CheckOptions(parameters.Options, header.Metadata);

        // Numbers first, then what is added to them, whatever their order in the file.
        var arena = new T[parameters.Length];
        foreach (TensorPartRole role in (ReadOnlySpan<TensorPartRole>)[TensorPartRole.Value, TensorPartRole.Addend])
        {
            foreach (TensorMap tensor in parameters.Tensors.Where(map => map.Parts.Any(part => part.Role == role)))
            {
                T[] values = ReadTensor<T>(stream, header, entries[tensor.Name]);
                PartCopy.Scatter<T>(tensor, role, values, arena);
            }
        }

        CheckSums(arena);
        arena.CopyTo(parameters.Arena.Span);
        parameters.Touch();
    }

    private static void CheckMatch<T>(
        ParameterArena<T> parameters, SafetensorsHeader header, Dictionary<string, SafetensorsEntry> entries)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var complaints = new List<string>();
        HashSet<string> known = parameters.Tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        List("The model needs tensors that the file lacks", parameters.Tensors
            .Where(tensor => !entries.ContainsKey(tensor.Name))
            .Select(tensor => $"'{tensor.Name}' [{string.Join(", ", tensor.Shape)}]"));
        List("The file has tensors that the model does not use", header.Tensors
            .Where(entry => !known.Contains(entry.Name))
            .Select(entry => $"{SafetensorsHeaderParser.Quote(entry.Name)} [{string.Join(", ", entry.Shape)}]"));
        List("Tensors have another shape in the file than in the model", parameters.Tensors
            .Where(tensor => entries.TryGetValue(tensor.Name, out SafetensorsEntry? entry)
                && !entry.Shape.SequenceEqual(tensor.Shape.Select(size => (long)size)))
            .Select(tensor => $"'{tensor.Name}' has [{string.Join(", ", entries[tensor.Name].Shape)}], "
                + $"wanted [{string.Join(", ", tensor.Shape)}]"));
        List("Tensors are not of type F64, F32, F16 or BF16", header.Tensors
            .Where(entry => known.Contains(entry.Name) && Safetensors.FloatSize(entry.Type) == 0)
            .Select(entry => $"'{entry.Name}' is {entry.Type}"));
        if (complaints.Count > 0)
        {
            throw new InvalidDataException(string.Join(" ", complaints));
        }

        void List(string title, IEnumerable<string> tensors)
        {
            string[] all = [.. tensors];
            if (all.Length > 0)
            {
                string more = all.Length > MaxListed ? $" and {all.Length - MaxListed} more" : "";
                complaints.Add($"{title}: {string.Join("; ", all.Take(MaxListed))}{more}.");
            }
        }
    }

    private static void CheckOptions(
        ImmutableArray<RecordedOption> options, ImmutableDictionary<string, string> metadata)
    {
        string?[] complaints = [.. options.Select(option => metadata.TryGetValue(option.Key, out string? saved)
            ? Contradiction(option, saved)
            : Silence(option)).Where(complaint => complaint is not null)];
        if (complaints.Length > 0)
        {
            throw new InvalidDataException(string.Join(" ", complaints));
        }
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

    private static T[] ReadTensor<T>(Stream stream, SafetensorsHeader header, SafetensorsEntry entry)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Both lengths are the model's own by now, not the file's word.
        byte[] bytes = new byte[checked((int)(entry.End - entry.Start))];
        var values = new T[bytes.Length / Safetensors.FloatSize(entry.Type)];
        stream.Position = header.DataOffset + entry.Start;
        stream.ReadExactly(bytes);
        Safetensors.Decode<T>(bytes, entry.Type, values);
        int bad = Array.FindIndex(values, value => !T.IsFinite(value));
        if (bad >= 0)
        {
            throw new InvalidDataException(
                $"Tensor '{entry.Name}' has at place {bad} a number that is not finite as {typeof(T).Name}.");
        }

        return values;
    }

    private static void CheckSums<T>(T[] arena)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Array.Exists(arena, value => !T.IsFinite(value)))
        {
            throw new InvalidDataException($"The sum of a pair of biases is not finite as {typeof(T).Name}.");
        }
    }
}
