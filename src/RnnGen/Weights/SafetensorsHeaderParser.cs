using System.Collections.Immutable;
using System.Text.Json;

namespace RnnGen.Weights;

/// <summary>Parses a safetensors header and believes none of it: every number is checked against the file.</summary>
internal static class SafetensorsHeaderParser
{
    private const int MaxRank = 32;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataOffset, long dataLength)
    {
        if (json[0] != (byte)'{')
        {
            throw new InvalidDataException($"The header starts with byte 0x{json[0]:x2}; it must start with '{{'.");
        }

        try
        {
            var reader = new Utf8JsonReader(json, Options);
            return Parse(ref reader, dataOffset, dataLength);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what the reader throws for a string that is not valid UTF-8.
            throw new InvalidDataException($"The header is not valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>A name from the file, short enough for a message.</summary>
    public static string Quote(string name) => $"'{Shorten(name)}'";

    /// <summary>A text from the file, short enough for a message.</summary>
    public static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..80]}…";

    private static SafetensorsHeader Parse(ref Utf8JsonReader reader, long dataOffset, long dataLength)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var metadata = ImmutableDictionary<string, string>.Empty;
        ImmutableArray<SafetensorsEntry>.Builder tensors = ImmutableArray.CreateBuilder<SafetensorsEntry>();
        reader.Read();
        while (NextProperty(ref reader, names, "The header", out string name))
        {
            if (name == "__metadata__")
            {
                metadata = ReadMetadata(ref reader);
            }
            else
            {
                tensors.Add(ReadTensor(ref reader, name));
            }
        }

        // Nothing but white space may follow; anything else makes the reader throw.
        reader.Read();
        CheckCoverage(tensors, dataLength);
        return new SafetensorsHeader
        {
            Tensors = tensors.ToImmutable(),
            Metadata = metadata,
            DataOffset = dataOffset,
            DataLength = dataLength,
        };
    }

    // Moves on to the value of the next property of the object that the reader is in.
    private static bool NextProperty(ref Utf8JsonReader reader, HashSet<string> seen, string owner, out string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            name = "";
            return false;
        }

        name = reader.GetString()!;
        if (!seen.Add(name))
        {
            throw new InvalidDataException($"{owner} names {Quote(name)} twice.");
        }

        reader.Read();
        return true;
    }

    private static ImmutableDictionary<string, string> ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "'__metadata__' must be an object");
        ImmutableDictionary<string, string>.Builder texts = ImmutableDictionary.CreateBuilder<string, string>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (NextProperty(ref reader, names, "'__metadata__'", out string key))
        {
            Expect(reader.TokenType == JsonTokenType.String, $"'__metadata__' {Quote(key)} must be a string");
            texts.Add(key, reader.GetString()!);
        }

        return texts.ToImmutable();
    }

    private static SafetensorsEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        string tensor = $"Tensor {Quote(name)}";
        Expect(reader.TokenType == JsonTokenType.StartObject, $"{tensor} must be an object");
        string? type = null;
        ImmutableArray<long>? shape = null;
        ImmutableArray<long>? offsets = null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (NextProperty(ref reader, names, tensor, out string property))
        {
            switch (property)
            {
                case "dtype":
                    Expect(reader.TokenType == JsonTokenType.String, $"{tensor}: dtype must be a string");
                    type = reader.GetString();
                    break;
                case "shape":
                    shape = ReadSizes(ref reader, tensor, property);
                    break;
                case "data_offsets":
                    offsets = ReadSizes(ref reader, tensor, property);
                    break;
                default:
                    // Unknown properties are passed over, as the reference implementation does.
                    reader.Skip();
                    break;
            }
        }

        Expect(type is not null, $"{tensor} has no dtype");
        Expect(shape is not null, $"{tensor} has no shape");
        Expect(offsets is { Length: 2 }, $"{tensor} must have data_offsets of two numbers");
        var entry = new SafetensorsEntry
        {
            Name = name,
            Type = type!,
            Shape = shape!.Value,
            Start = offsets!.Value[0],
            End = offsets.Value[1],
        };
        CheckSize(entry, tensor);
        return entry;
    }

    private static ImmutableArray<long> ReadSizes(ref Utf8JsonReader reader, string tensor, string property)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, $"{tensor}: {property} must be an array");
        ImmutableArray<long>.Builder sizes = ImmutableArray.CreateBuilder<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long size) || size < 0)
            {
                string found = reader.TokenType == JsonTokenType.Number
                    ? System.Text.Encoding.ASCII.GetString(reader.ValueSpan)
                    : reader.TokenType.ToString();
                throw new InvalidDataException(
                    $"{tensor}: {property} holds {Quote(found)}; it must hold whole numbers from 0 to "
                    + $"{long.MaxValue}.");
            }

            Expect(sizes.Count < MaxRank, $"{tensor}: {property} may have at most {MaxRank} numbers");
            sizes.Add(size);
        }

        return sizes.ToImmutable();
    }

    private static void CheckSize(SafetensorsEntry entry, string tensor)
    {
        int bits = BitsOf(entry.Type);
        Expect(bits > 0, $"{tensor} has the unknown dtype {Quote(entry.Type)}");
        string shape = $"[{string.Join(", ", entry.Shape)}]";
        UInt128 wanted = (uint)bits;
        foreach (long size in entry.Shape)
        {
            // Both factors are under 2^63, so their product fits in 128 bits.
            wanted *= (ulong)size;
            Expect(wanted <= long.MaxValue, $"{tensor}: the shape {shape} is absurdly large");
        }

        Expect(
            wanted % 8 == 0 && entry.Start <= entry.End && (UInt128)(entry.End - entry.Start) == wanted / 8,
            $"{tensor} of dtype {entry.Type} and shape {shape} needs {wanted / 8} bytes, "
            + $"but its data_offsets are [{entry.Start}, {entry.End}]");
    }

    private static void CheckCoverage(ImmutableArray<SafetensorsEntry>.Builder tensors, long dataLength)
    {
        long end = 0;
        foreach (SafetensorsEntry tensor in tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End))
        {
            string fault = tensor.Start > end ? "leaves a gap before it" : "overlaps another tensor";
            Expect(
                tensor.Start == end,
                $"Tensor {Quote(tensor.Name)} starts at byte {tensor.Start} of the data and {fault}; it must start at "
                + $"{end}");
            end = tensor.End;
        }

        Expect(
            end == dataLength,
            $"The tensors need {end} bytes of data and the file has {dataLength}: it was cut off or has bytes to "
            + "spare");
    }

    private static int BitsOf(string type) => type switch
    {
        "F64" or "I64" or "U64" or "C64" => 64,
        "F32" or "I32" or "U32" => 32,
        "F16" or "BF16" or "I16" or "U16" => 16,
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 8,
        "F6_E2M3" or "F6_E3M2" => 6,
        "F4" => 4,
        _ => 0,
    };

    private static void Expect(bool condition, string complaint)
    {
        if (!condition)
        {
            throw new InvalidDataException(complaint + ".");
        }
    }
}
