using System.Runtime.InteropServices;
using System.Text;

namespace RnnGen.Benchmarks.Peers.Onnx;

/// <summary>The few forms of the protocol buffers' encoding that an ONNX file needs.</summary>
internal sealed class ProtobufWriter
{
    private const int VariableLength = 0;
    private const int LengthDelimited = 2;

    private readonly MemoryStream _stream = new();

    public byte[] ToArray() => _stream.ToArray();

    public ProtobufWriter Number(int field, long value)
    {
        WriteNumber((ulong)((field << 3) | VariableLength));
        WriteNumber((ulong)value);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Texts(int field, IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            Text(field, value);
        }

        return this;
    }

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

    public ProtobufWriter Raw<T>(int field, ReadOnlySpan<T> values)
        where T : unmanaged => Bytes(field, MemoryMarshal.AsBytes(values));

    private ProtobufWriter Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        WriteNumber((ulong)((field << 3) | LengthDelimited));
        WriteNumber((ulong)bytes.Length);
        _stream.Write(bytes);
        return this;
    }

    // Seven bits a byte, the lowest first; the top bit says that more follow.
    private void WriteNumber(ulong value)
    {
        while (value >= 128)
        {
            _stream.WriteByte((byte)(value | 128));
            value >>= 7;
        }

        _stream.WriteByte((byte)value);
    }
}
