using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

/// <summary>Headers made to cost time and memory: neither may grow beyond a small multiple of the file.</summary>
public class HeaderBoundTests
{
    private const int Size = 10_000_000;

    public static TheoryData<string, string, string, string> Headers() => new()
    {
        { "{\"__metadata__\":{\"", "\":\"\",\"", "k\":\"\"}}", "more than 10000 texts" },
        {
            "{\"", "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"", "k\":1}",
            "more than 100000 tensors"
        },
        { "{\"t\":{\"", "\":0,\"", "k\":0}}", "'t' has no dtype" },
        { "{\"t\":{\"shape\":[", "1,", "1]}}", "at most 32 numbers" },
        { "{\"t\":{\"other\":[", "1,", "1]}}", "'t' has no dtype" },
        { "{\"", "long name ", "\":1}", "must be an object" },
        { "{\"t\":{\"dtype\":\"", "long type ", "\"}}", "unknown dtype" },
        { "{\"__metadata__\":{\"", "\\u0000", "\":1}}", "must be a string" },
    };

    // A running number makes the names differ.
    [Theory]
    [MemberData(nameof(Headers))]
    public void ReadHeader_EndlessHeader_IsRefusedInBoundedTimeAndMemory(
        string start, string unit, string end, string reason)
    {
        byte[] file = File(start, unit, end);
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InvalidDataException>(
            () => Safetensors.ReadHeader(new MemoryStream(file))).Message;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1, 600);
        Assert.InRange(allocated, 0, 8L * Size);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void ReadHeader_AsManyTensorsAsThereMayBe_AreRead_AndNoMore()
    {
        Assert.Equal(Safetensors.MaxTensors, Read(Safetensors.MaxTensors).Tensors.Length);
        Assert.Throws<InvalidDataException>(() => Read(Safetensors.MaxTensors + 1));

        static SafetensorsHeader Read(int count) => Safetensors.ReadHeader(new MemoryStream(Whole(
            "{" + string.Join(",", Enumerable.Range(0, count).Select(
                i => $"\"{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")) + "}")));
    }

    // The parser is done with them; what is left is to say so in few words.
    [Fact]
    public void Load_ManyTensorsThatTheModelDoesNotUse_AreCountedAndNotListed()
    {
        byte[] file = Whole("{" + string.Join(",", Enumerable.Range(0, Safetensors.MaxTensors).Select(
            i => $"\"{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")) + "}");
        var arena = new ParameterArena<float>(
            16, [new("table", [3], [new(0, 3, 1, new RowMap(0, 1), 1, TensorPartRole.Value, null)])]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InvalidDataException>(() => arena.Load(file)).Message;
        Assert.Contains("'table' [3]", message, StringComparison.Ordinal);
        Assert.Contains("'0' [0]; '1' [0]", message, StringComparison.Ordinal);
        Assert.Contains("and 99980 more", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1, 1000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20L * file.Length);
    }

    private static byte[] File(string start, string unit, string end)
    {
        var text = new StringBuilder(start, Size + 100);
        bool isNumbered = unit.StartsWith('"');
        for (int i = 0; text.Length < Size; i++)
        {
            if (isNumbered)
            {
                text.Append(i);
            }

            text.Append(unit);
        }

        return Whole(text.Append(end).ToString());
    }

    private static byte[] Whole(string header)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return [.. length, .. json];
    }
}
