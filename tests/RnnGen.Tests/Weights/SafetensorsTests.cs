using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

public class SafetensorsTests
{
    private const string F32Pair = "\"dtype\":\"F32\",\"shape\":[2]";

    public static TheoryData<string, int, string> HostileHeaders() => new()
    {
        { "", 0, "header length is 0" },
        { "[]", 0, "must start with '{'" },
        { " {}", 0, "must start with '{'" },
        { "{ ", 0, "not valid JSON" },
        { "{}x", 0, "not valid JSON" },
        { "{}{}", 0, "not valid JSON" },
        { "{\"a\":1}", 0, "must be an object" },
        { "{\"a\":{}}", 0, "no dtype" },
        { "{\"a\":{\"dtype\":\"F32\"}}", 0, "no shape" },
        { $"{{\"a\":{{{F32Pair}}}}}", 8, "data_offsets of two numbers" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[0]}}}}", 8, "data_offsets of two numbers" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[0,8,8]}}}}", 8, "data_offsets of two numbers" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":8}}}}", 8, "must be an array" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[0,7]}}}}", 7, "needs 8 bytes" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[8,0]}}}}", 8, "needs 8 bytes" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[0,8]}}}}", 7, "cut off" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[0,8]}}}}", 9, "bytes to spare" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[4,12]}}}}", 12, "gap" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[0,8]}},\"b\":{{{F32Pair},\"data_offsets\":[4,12]}}}}", 12,
            "overlaps" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[0,8]}},\"b\":{{{F32Pair},\"data_offsets\":[0,8]}}}}", 8, "overlaps" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[0,8]}},\"b\":{{{F32Pair},\"data_offsets\":[12,20]}}}}", 20, "gap" },
        { $"{{\"a\":{{{F32Pair},\"data_offsets\":[0,8]}},\"a\":{{{F32Pair},\"data_offsets\":[8,16]}}}}", 16,
            "'a' twice" },
        { $"{{\"a\":{{{F32Pair},\"shape\":[2],\"data_offsets\":[0,8]}}}}", 8, "'shape' twice" },
        { Shaped("-2"), 8, "whole numbers" },
        { Shaped("2.0"), 8, "whole numbers" },
        { Shaped("2.5"), 8, "whole numbers" },
        { Shaped("2e0"), 8, "whole numbers" },
        { Shaped("NaN"), 8, "not valid JSON" },
        { Shaped("Infinity"), 8, "not valid JSON" },
        { Shaped("\"2\""), 8, "whole numbers" },
        { Shaped("null"), 8, "whole numbers" },
        { Shaped("[2]"), 8, "whole numbers" },
        { Shaped("18446744073709551617"), 8, "whole numbers" },
        { Shaped("9223372036854775807,9223372036854775807"), 8, "absurdly large" },
        { Shaped("4294967296,4294967296"), 8, "absurdly large" },
        { Shaped("4294967296,1073741824,4"), 8, "absurdly large" },
        { Shaped("9223372036854775807,9223372036854775807,0"), 0, "absurdly large" },
        { Shaped(string.Join(",", Enumerable.Repeat("1", 100))), 4, "at most 32" },
        { "{\"a\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "unknown dtype 'F31'" },
        { "{\"a\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "dtype must be a string" },
        { "{\"a\":{\"dtype\":null,\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "dtype must be a string" },
        { "{\"__metadata__\":[]}", 0, "must be an object" },
        { "{\"__metadata__\":{\"a\":1}}", 0, "must be a string" },
        { "{\"__metadata__\":{\"a\":\"x\",\"a\":\"y\"}}", 0, "twice" },
        { "{\"a\":{\"extra\":" + new string('[', 2000) + new string(']', 2000) + "}}", 0, "not valid JSON" },
        { "{\"\\ud800\":{}}", 0, "not valid JSON" },
    };

    [Theory]
    [MemberData(nameof(HostileHeaders))]
    public void ReadHeader_HostileHeader_IsRefusedWithTheReason(string json, int dataLength, string reason)
    {
        using MemoryStream stream = File(Encoding.UTF8.GetBytes(json), new byte[dataLength]);
        var exception = Assert.Throws<InvalidDataException>(() => Safetensors.ReadHeader(stream));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.True(exception.Message.Length < 600, exception.Message);
    }

    [Fact]
    public void ReadHeader_InvalidUtf8_IsRefused()
    {
        using MemoryStream stream = File(
            [(byte)'{', (byte)'"', 0xff, 0xc0, (byte)'"', (byte)':', (byte)'1', (byte)'}'], []);
        Assert.Throws<InvalidDataException>(() => Safetensors.ReadHeader(stream));
    }

    [Theory]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    [InlineData(17UL)]
    [InlineData(1UL)]
    public void ReadHeader_HeaderLengthBeyondTheFile_IsRefusedBeforeAllocation(ulong length)
    {
        byte[] file = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<InvalidDataException>(() => Safetensors.ReadHeader(new MemoryStream(file)));
        Assert.Contains($"{length} bytes", exception.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void ReadHeader_FileTooShortForALength_IsRefused(int bytes) =>
        Assert.Throws<InvalidDataException>(() => Safetensors.ReadHeader(new MemoryStream(new byte[bytes])));

    [Fact]
    public void ReadHeader_EveryTruncation_IsRefused()
    {
        byte[] whole = Sample();
        for (int length = 0; length < whole.Length; length++)
        {
            using var stream = new MemoryStream(whole, 0, length);
            Assert.Throws<InvalidDataException>(() => Safetensors.ReadHeader(stream));
        }
    }

    [Fact]
    public void ReadHeader_EveryByteChanged_IsRefusedOrWellFormed()
    {
        byte[] whole = Sample();
        for (int i = 0; i < whole.Length; i++)
        {
            foreach (byte change in new byte[] { 0, (byte)'9', (byte)'"', (byte)'{', 0x80, 0xff })
            {
                byte[] broken = [.. whole];
                broken[i] = change;
                try
                {
                    SafetensorsHeader header = Safetensors.ReadHeader(new MemoryStream(broken));
                    Assert.All(header.Tensors, tensor => Assert.InRange(tensor.End, tensor.Start, header.DataLength));
                }
                catch (InvalidDataException)
                {
                    // The only exception allowed.
                }
            }
        }
    }

    [Fact]
    public void WriteHeader_ReadBack_IsTheSameAndAligned()
    {
        ImmutableArray<SafetensorsEntry> tensors =
        [
            Entry("a.weight", "F32", [2, 3], 0, 24),
            Entry("empty", "F64", [0, 5], 24, 24),
            Entry("ünï \"quoted\"\n", "BF16", [], 24, 26),
        ];
        ImmutableDictionary<string, string> metadata = ImmutableDictionary<string, string>.Empty.Add("format", "pt");
        using var stream = new MemoryStream();
        Safetensors.WriteHeader(stream, tensors, metadata);
        Assert.Equal(0, stream.Position % 8);
        stream.Write(new byte[26]);
        stream.Position = 0;

        SafetensorsHeader header = Safetensors.ReadHeader(stream);

        Assert.Equal(26, header.DataLength);
        Assert.Equal(stream.Length - 26, header.DataOffset);
        Assert.Equal("pt", header.Metadata["format"]);
        Assert.Equal(tensors.Select(Describe), header.Tensors.Select(Describe));

        static string Describe(SafetensorsEntry entry) =>
            $"{entry.Name} {entry.Type} [{string.Join(",", entry.Shape)}] {entry.Start} {entry.End}";
    }

    [Fact]
    public void WriteHeader_Gap_IsRefused() => Assert.Throws<ArgumentException>(() => Safetensors.WriteHeader(
        new MemoryStream(), [Entry("a", "F32", [1], 4, 8)], ImmutableDictionary<string, string>.Empty));

    [Fact]
    public void Decode_EveryType_GivesTheNumbers()
    {
        float[] values = new float[3];
        Safetensors.Decode<float>(Bytes(BitConverter.GetBytes, 1.5, -2.25, 1e-3), "F64", values);
        Assert.Equal([1.5f, -2.25f, 1e-3f], values);
        Safetensors.Decode<float>(Bytes(value => BitConverter.GetBytes((float)value), 1.5, -2.25, 1e-3), "F32", values);
        Assert.Equal([1.5f, -2.25f, 1e-3f], values);
        Safetensors.Decode<float>(Bytes(value => BitConverter.GetBytes((Half)value), 1.5, -2.25, 0.5), "F16", values);
        Assert.Equal([1.5f, -2.25f, 0.5f], values);
        Safetensors.Decode<float>(
            Bytes(value => BitConverter.GetBytes((float)value)[2..], 1.5, -2.25, double.NegativeInfinity), "BF16",
                values);
        Assert.Equal([1.5f, -2.25f, float.NegativeInfinity], values);
        Assert.Throws<ArgumentException>(() => Safetensors.Decode<float>(new byte[12], "I32", new float[3]));
        Assert.Throws<ArgumentException>(() => Safetensors.Decode<float>(new byte[11], "F32", new float[3]));
    }

    private static SafetensorsEntry Entry(string name, string type, ImmutableArray<long> shape, long start, long end) =>
        new() { Name = name, Type = type, Shape = shape, Start = start, End = end };

    private static string Shaped(string shape) =>
        $"{{\"a\":{{\"dtype\":\"F32\",\"shape\":[{shape}],\"data_offsets\":[0,8]}}}}";

    private static byte[] Bytes(Func<double, byte[]> encode, params double[] values) => [.. values.SelectMany(encode)];

    private static byte[] Sample() => File(
        Encoding.UTF8.GetBytes(
            "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8,16]}}  "),
        new byte[16]).ToArray();

    private static MemoryStream File(byte[] header, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return new MemoryStream([.. length, .. header, .. data]);
    }
}
