using System.Buffers.Binary;

namespace RnnGen.Weights;

/// <summary>Reads the header at the start of a stream, which need not be able to seek.</summary>
internal static class SafetensorsHeaderReader
{
    // A stream of unknown length may promise more than it has: memory is taken as bytes come.
    private const int FirstPiece = 1 << 16;

    /// <param name="stream">A stream at the start of the file.</param>
    /// <param name="isWhole">Whether a stream that can seek must end with the file.</param>
    public static SafetensorsHeader Read(Stream stream, bool isWhole)
    {
        long? available = stream.CanSeek ? stream.Length - stream.Position : null;
        byte[] start = new byte[ForeignFormat.WantedBytes];
        int got = stream.ReadAtLeast(
            start.AsSpan(0, Safetensors.PrefixLength), Safetensors.PrefixLength, throwOnEndOfStream: false);
        if (got < Safetensors.PrefixLength)
        {
            throw new InvalidDataException(
                ForeignFormat.Describe(start.AsSpan(0, got)) is { } kind
                    ? kind
                    : $"A safetensors file starts with {Safetensors.PrefixLength} bytes of header length; there are "
                        + $"{got} bytes.");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        long most = Math.Min((available ?? long.MaxValue) - Safetensors.PrefixLength, Safetensors.MaxHeaderLength);
        if (length < 2 || length > (ulong)most)
        {
            got += stream.ReadAtLeast(
                start.AsSpan(got), start.Length - got, throwOnEndOfStream: false);
            throw new InvalidDataException(
                ForeignFormat.Describe(start.AsSpan(0, got)) is { } kind
                    ? kind
                    : $"The header length is {length} bytes; in this file it can be from 2 to {most}.");
        }

        byte[] json = ReadJson(stream, (int)length, isLengthKnown: available is not null, out int read);

        // The first bytes of other files may be a small number, too.
        int shown = Math.Min(read, start.Length - got);
        json.AsSpan(0, shown).CopyTo(start.AsSpan(got));
        if ((read < json.Length || json[0] != (byte)'{')
            && ForeignFormat.Describe(start.AsSpan(0, got + shown)) is { } foreign)
        {
            throw new InvalidDataException(foreign);
        }

        if (read < (int)length)
        {
            throw new InvalidDataException(
                $"The header has {length} bytes and the file only {read} of them: it was cut off.");
        }

        long dataOffset = stream.CanSeek ? stream.Position : Safetensors.PrefixLength + (long)length;
        long? dataLength = available - Safetensors.PrefixLength - (long)length;
        return SafetensorsHeaderParser.Parse(json, dataOffset, dataLength, isWhole);
    }

    private static byte[] ReadJson(Stream stream, int length, bool isLengthKnown, out int read)
    {
        byte[] json = new byte[isLengthKnown ? length : Math.Min(length, FirstPiece)];
        for (read = 0; ;)
        {
            read += stream.ReadAtLeast(json.AsSpan(read), json.Length - read, throwOnEndOfStream: false);
            if (read < json.Length || read == length)
            {
                return json;
            }

            Array.Resize(ref json, (int)Math.Min(length, 2L * json.Length));
        }
    }
}
