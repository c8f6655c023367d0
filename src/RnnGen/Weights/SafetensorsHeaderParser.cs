using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace RnnGen.Weights;

/// <summary>Parses a safetensors header and believes none of it: every number is checked against the file.</summary>
internal static class SafetensorsHeaderParser
{
    private const int MaxRank = 32;

    private static readonly (string Type, int Bits)[] Bits =
    [
        ("F32", 32), ("F64", 64), ("BF16", 16), ("F16", 16),
        ("I64", 64), ("U64", 64), ("C64", 64), ("I32", 32), ("U32", 32), ("I16", 16), ("U16", 16),
        ("BOOL", 8), ("U8", 8), ("I8", 8), ("F8_E5M2", 8), ("F8_E4M3", 8), ("F8_E8M0", 8),
        ("F6_E2M3", 6), ("F6_E3M2", 6), ("F4", 4),
    ];

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    /// <param name="json">The header.</param>
    /// <param name="dataOffset">Where the data starts.</param>
    /// <param name="dataLength">Bytes behind the header; null if that is not known yet.</param>
    /// <param name="isWhole">Whether the tensors must cover all of them.</param>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataOffset, long? dataLength, bool isWhole)
    {
        if (json[0] != (byte)'{')
        {
            throw new InvalidDataException($"The header starts with byte 0x{json[0]:x2}; it must start with '{{'.");
        }

        try
        {
            var reader = new Utf8JsonReader(json, Options);
            return Parse(ref reader, dataOffset, dataLength, isWhole);
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

    private static SafetensorsHeader Parse(
        ref Utf8JsonReader reader, long dataOffset, long? dataLength, bool isWhole)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        ImmutableDictionary<string, string>? metadata = null;
        ImmutableArray<SafetensorsEntry>.Builder tensors = ImmutableArray.CreateBuilder<SafetensorsEntry>();
        reader.Read();
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("__metadata__"))
            {
                Expect(metadata is null, "The header names '__metadata__' twice");
                reader.Read();
                metadata = ReadMetadata(ref reader);
                continue;
            }

            Expect(
                tensors.Count < Safetensors.MaxTensors, $"The header has more than {Safetensors.MaxTensors} tensors");
            string name = reader.GetString()!;
            Expect(names.Add(name), $"The header names {name:q} twice");
            reader.Read();
            tensors.Add(ReadTensor(ref reader, name));
        }

        // Nothing but white space may follow; anything else makes the reader throw.
        reader.Read();
        return new SafetensorsHeader
        {
            Tensors = tensors.ToImmutable(),
            Metadata = metadata ?? ImmutableDictionary<string, string>.Empty,
            DataOffset = dataOffset,
            DataLength = CheckCoverage(tensors, dataLength, isWhole),
        };
    }

    // Moves on to the name of the next property of the object that the reader is in.
    private static bool NextProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.EndObject;
    }

    private static ImmutableDictionary<string, string> ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "'__metadata__' must be an object");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (NextProperty(ref reader))
        {
            Expect(
                texts.Count < Safetensors.MaxMetadata,
                $"'__metadata__' has more than {Safetensors.MaxMetadata} texts");
            string key = reader.GetString()!;
            reader.Read();
            Expect(reader.TokenType == JsonTokenType.String, $"'__metadata__' {key:q} must be a string");
            Expect(texts.TryAdd(key, reader.GetString()!), $"'__metadata__' names {key:q} twice");
        }

        return texts.ToImmutableDictionary(StringComparer.Ordinal);
    }

    private static SafetensorsEntry ReadTensor(ref Utf8JsonReader reader, string tensor)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, $"Tensor {tensor:q} must be an object");
        string? type = null;
        ImmutableArray<long>? shape = null;
        ImmutableArray<long>? offsets = null;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("dtype"))
            {
                Expect(type is null, $"Tensor {tensor:q} names 'dtype' twice");
                reader.Read();
                Expect(reader.TokenType == JsonTokenType.String, $"Tensor {tensor:q}: dtype must be a string");
                type = ReadType(ref reader, tensor);
            }
            else if (reader.ValueTextEquals("shape"))
            {
                Expect(shape is null, $"Tensor {tensor:q} names 'shape' twice");
                shape = ReadSizes(ref reader, tensor, "shape");
            }
            else if (reader.ValueTextEquals("data_offsets"))
            {
                Expect(offsets is null, $"Tensor {tensor:q} names 'data_offsets' twice");
                offsets = ReadSizes(ref reader, tensor, "data_offsets");
            }
            else
            {
                // Unknown properties are passed over, as the reference implementation does.
                reader.Skip();
            }
        }

        Expect(type is not null, $"Tensor {tensor:q} has no dtype");
        Expect(shape is not null, $"Tensor {tensor:q} has no shape");
        Expect(offsets is { Length: 2 }, $"Tensor {tensor:q} must have data_offsets of two numbers");
        var entry = new SafetensorsEntry
        {
            Name = tensor,
            Type = type!,
            Shape = shape!.Value,
            Start = offsets!.Value[0],
            End = offsets.Value[1],
        };
        CheckSize(entry);
        return entry;
    }

    // One of the strings below: a file has few types, and may have many tensors.
    private static string ReadType(ref Utf8JsonReader reader, string tensor)
    {
        foreach ((string type, _) in Bits)
        {
            if (reader.ValueTextEquals(type))
            {
                return type;
            }
        }

        throw new InvalidDataException(
            $"Tensor {Quote(tensor)} has the unknown dtype {Quote(reader.GetString()!)}.");
    }

    private static ImmutableArray<long> ReadSizes(ref Utf8JsonReader reader, string tensor, string property)
    {
        reader.Read();
        Expect(
            reader.TokenType == JsonTokenType.StartArray, $"Tensor {tensor:q}: {property} must be an array");
        ImmutableArray<long>.Builder sizes = ImmutableArray.CreateBuilder<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long size) || size < 0)
            {
                string found = reader.TokenType == JsonTokenType.Number
                    ? System.Text.Encoding.ASCII.GetString(reader.ValueSpan)
                    : reader.TokenType.ToString();
                throw new InvalidDataException(
                    $"Tensor {Quote(tensor)}: {property} holds {Quote(found)}; it must hold whole numbers from 0 to "
                    + $"{long.MaxValue}.");
            }

            Expect(sizes.Count < MaxRank, $"Tensor {tensor:q}: {property} may have at most {MaxRank} numbers");
            sizes.Add(size);
        }

        return sizes.ToImmutable();
    }

    private static void CheckSize(SafetensorsEntry entry)
    {
        UInt128 wanted = (uint)Bits.First(known => known.Type == entry.Type).Bits;
        foreach (long size in entry.Shape)
        {
            // Both factors are under 2^63, so their product fits in 128 bits.
            wanted *= (ulong)size;
            Expect(
                wanted <= long.MaxValue,
                $"Tensor {entry.Name:q}: the shape [{entry.Shape}] is absurdly large");
        }

        Expect(
            wanted % 8 == 0 && entry.Start <= entry.End && (UInt128)(entry.End - entry.Start) == wanted / 8,
            $"Tensor {entry.Name:q} of dtype {entry.Type} and shape [{entry.Shape}] needs {wanted / 8} bytes, "
            + $"but its data_offsets are [{entry.Start}, {entry.End}]");
    }

    private static long CheckCoverage(
        ImmutableArray<SafetensorsEntry>.Builder tensors, long? dataLength, bool isWhole)
    {
        long end = 0;
        foreach (SafetensorsEntry tensor in tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End))
        {
            Expect(
                tensor.Start == end,
                $"Tensor {tensor.Name:q} starts at byte {tensor.Start} of the data and "
                + $"{(tensor.Start > end ? "leaves a gap before it" : "overlaps another tensor")}; it must start at "
                + $"{end}");
            end = tensor.End;
        }

        Expect(
            dataLength is not { } length || (isWhole ? end == length : end <= length),
            $"The tensors need {end} bytes of data and the file has {dataLength}: it was cut off or has bytes to "
            + "spare");
        return end;
    }

    private static void Expect(
        [DoesNotReturnIf(false)] bool condition,
        [InterpolatedStringHandlerArgument(nameof(condition))] ref Complaint complaint)
    {
        if (!condition)
        {
            throw new InvalidDataException(complaint.ToString());
        }
    }

    private static void Expect([DoesNotReturnIf(false)] bool condition, string complaint)
    {
        if (!condition)
        {
            throw new InvalidDataException(complaint + ".");
        }
    }
}
