using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;

namespace RnnGen.Weights;

/// <summary>
/// The safetensors file format: eight bytes of header length (little-endian), a JSON header padded with spaces to a
/// multiple of eight bytes, then the numbers of all tensors without gaps.
/// </summary>
public static class Safetensors
{
    /// <summary>
    /// Longest header that is read, in bytes; the same limit as the format's reference implementation.
    /// </summary>
    public const int MaxHeaderLength = 100_000_000;

    internal const int PrefixLength = sizeof(ulong);

    /// <summary>Most tensors that a header may have.</summary>
    public const int MaxTensors = 100_000;

    /// <summary>Most texts that a header may carry as metadata.</summary>
    public const int MaxMetadata = 10_000;

    /// <summary>
    /// Reads and checks a header. Time and memory are bounded by its length, whatever is in it.
    /// </summary>
    /// <param name="stream">
    /// A stream at the start of the file; it is left at the start of the data. If it can seek, it must end with the
    /// file.
    /// </param>
    /// <returns>The header; its tensors are known to lie inside a stream that can seek.</returns>
    /// <exception cref="InvalidDataException">
    /// The stream is not a well-formed safetensors file: if it is a file of another kind that is known, which.
    /// </exception>
    public static SafetensorsHeader ReadHeader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return SafetensorsHeaderReader.Read(stream, isWhole: true);
    }

    /// <summary>Writes a header; the data of the tensors must follow, little-endian, in the same order.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="tensors">The tensors; their offsets must follow one another from 0.</param>
    /// <param name="metadata">Free text to carry along, by key.</param>
    /// <exception cref="ArgumentException">The offsets leave a gap or overlap.</exception>
    public static void WriteHeader(
        Stream stream, ImmutableArray<SafetensorsEntry> tensors, ImmutableDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(metadata);
        long end = 0;
        foreach (SafetensorsEntry tensor in tensors)
        {
            if (tensor.Start != end || tensor.End < end)
            {
                throw new ArgumentException(
                    $"The data of tensor '{tensor.Name}' is at [{tensor.Start}, {tensor.End}); it must start at {end}.",
                    nameof(tensors));
            }

            end = tensor.End;
        }

        var header = new ArrayBufferWriter<byte>();
        WriteJson(header, tensors, metadata);
        int padding = -header.WrittenCount & (PrefixLength - 1);
        header.GetSpan(padding)[..padding].Fill((byte)' ');
        header.Advance(padding);

        Span<byte> prefix = stackalloc byte[PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.WrittenCount);
        stream.Write(prefix);
        stream.Write(header.WrittenSpan);
    }

    /// <summary>Bytes of one number of a type that <see cref="Decode"/> understands.</summary>
    /// <param name="type">The format's name of the type.</param>
    /// <returns>2, 4 or 8; 0 for a type that cannot be read as floating-point numbers.</returns>
    public static int FloatSize(string type) => type switch
    {
        "F64" => 8,
        "F32" => 4,
        "F16" or "BF16" => 2,
        _ => 0,
    };

    /// <summary>Turns a file's bytes into numbers, rounding to the nearest where T is narrower.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="bytes">The little-endian numbers of the file.</param>
    /// <param name="type">One of <c>F64</c>, <c>F32</c>, <c>F16</c>, <c>BF16</c>.</param>
    /// <param name="values">Receives as many numbers as there are in <paramref name="bytes"/>.</param>
    /// <exception cref="ArgumentException">The type is not one of the four, or the lengths do not fit.</exception>
    public static void Decode<T>(ReadOnlySpan<byte> bytes, string type, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = FloatSize(type);
        if (size == 0)
        {
            throw new ArgumentException(
                $"Numbers of type '{type}' cannot be read; F64, F32, F16 and BF16 can.", nameof(type));
        }

        if (bytes.Length != (long)values.Length * size)
        {
            throw new ArgumentException(
                $"There are {bytes.Length} bytes for {values.Length} numbers of {size} bytes.", nameof(bytes));
        }

        switch (type)
        {
            case "F64":
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = T.CreateTruncating(BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * 8)..]));
                }

                break;
            case "F32":
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]));
                }

                break;
            case "F16":
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = T.CreateTruncating(BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * 2)..]));
                }

                break;
            default:
                // The upper half of a float.
                for (int i = 0; i < values.Length; i++)
                {
                    int upper = BinaryPrimitives.ReadInt16LittleEndian(bytes[(i * 2)..]);
                    values[i] = T.CreateTruncating(BitConverter.Int32BitsToSingle(upper << 16));
                }

                break;
        }
    }

    private static void WriteJson(
        ArrayBufferWriter<byte> buffer,
        ImmutableArray<SafetensorsEntry> tensors,
        ImmutableDictionary<string, string> metadata)
    {
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        if (!metadata.IsEmpty)
        {
            json.WriteStartObject("__metadata__");
            foreach ((string key, string text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, text);
            }

            json.WriteEndObject();
        }

        foreach (SafetensorsEntry tensor in tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type);
            json.WriteStartArray("shape");
            foreach (long size in tensor.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(tensor.Start);
            json.WriteNumberValue(tensor.End);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
