using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>Reads safetensors by the format's description alone, and insists on every word of it.</summary>
internal sealed class TensorFile
{
    private readonly Dictionary<string, (string Type, int[] Shape, byte[] Bytes)> _tensors = [];

    public TensorFile(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        int start = 8 + headerLength;
        Assert.Equal((byte)'{', file[8]);
        using var header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        int end = 0;
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                Metadata = entry.Value.Deserialize<Dictionary<string, string>>()!;
                continue;
            }

            string type = entry.Value.GetProperty("dtype").GetString()!;
            int[] shape = Integers(entry.Value.GetProperty("shape"));
            int[] offsets = Integers(entry.Value.GetProperty("data_offsets"));

            // No holes, no overlaps, and as many bytes as the shape says.
            Assert.Equal(end, offsets[0]);
            end = offsets[1];
            Assert.Equal(shape.Aggregate(type == "F32" ? 4 : 8, (product, size) => product * size), end - offsets[0]);
            _tensors.Add(entry.Name, (type, shape, file[(start + offsets[0])..(start + end)]));
        }

        Assert.Equal(file.Length, start + end);
    }

    /// <summary>Free text by key; texts only, or PyTorch's reader refuses the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public IEnumerable<string> Names => _tensors.Keys;

    public int[] Shape(string name) => _tensors[name].Shape;

    public string Type(string name) => _tensors[name].Type;

    public double[] Doubles(string name) => Read<double>(name, "F64");

    public float[] Singles(string name) => Read<float>(name, "F32");

    public int[] Integers(string name) => [.. Read<long>(name, "I64").Select(value => checked((int)value))];

    private static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetInt32())];

    private T[] Read<T>(string name, string type)
        where T : unmanaged
    {
        Assert.Equal(type, _tensors[name].Type);
        return MemoryMarshal.Cast<byte, T>(_tensors[name].Bytes).ToArray();
    }
}
