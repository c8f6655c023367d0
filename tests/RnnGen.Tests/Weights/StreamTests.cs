using System.Buffers.Binary;
using System.Collections.Immutable;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

/// <summary>Weights in streams and in memory, where a file is not alone.</summary>
public class StreamTests
{
    private static readonly ImmutableArray<TensorMap> Tensors =
    [
        new("table", [3, 2], [new(0, 3, 2, new RowMap(0, 4), 1, TensorPartRole.Value, null)]),
        new("bias", [2], [new(0, 2, 1, new RowMap(12, 1), 1, TensorPartRole.Value, null)]),
    ];

    private static readonly float[] Bias = [7, 8];

    [Fact]
    public void SaveAndLoad_SeveralModelsInAStream_AreReadOneAfterTheOther()
    {
        using var stream = new MemoryStream();
        stream.WriteByte(99);
        Create(1).Save(stream);
        Create(2).Save(stream);
        stream.WriteByte(98);
        stream.Position = 1;
        Assert.Equal(1, Loaded(stream));
        Assert.Equal(2, Loaded(stream));
        Assert.Equal(98, stream.ReadByte());

        using var forward = new ForwardOnlyStream(stream.ToArray()[1..]);
        Assert.Equal(1, Loaded(forward));
        Assert.Equal(2, Loaded(forward));
        Assert.Equal(98, forward.ReadByte());
    }

    [Fact]
    public void Load_AllBytes_AreRead_AndNoOthersMayFollow()
    {
        byte[] file = Saved();
        var arena = new ParameterArena<float>(16, Tensors);
        arena.Load(file);
        Assert.Equal(Bias, arena.Get("bias"));
        Assert.Contains("to spare", Refusal(() => arena.Load([.. file, 0])), StringComparison.Ordinal);
        Assert.Contains("empty", Refusal(() => arena.Load(ReadOnlySpan<byte>.Empty)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EveryTruncation_IsRefusedAndNothingIsWritten()
    {
        byte[] file = Saved();
        ParameterArena<float> arena = Create(5);
        var fresh = new ParameterArena<float>(16, Tensors);
        for (int length = 0; length < file.Length; length++)
        {
            byte[] part = file[..length];
            Refusal(() => arena.Load(part));
            Refusal(() => arena.Load(new MemoryStream(part)));
            Refusal(() => arena.Load(new ForwardOnlyStream(part)));
            Refusal(() => fresh.Load(new ForwardOnlyStream(part)));
        }

        Assert.Equal(Bias, arena.Get("bias"));
        Assert.Equal(5, arena.Get("table")[0]);
        Assert.Equal(new float[16], fresh.Arena.Span);
        Assert.Equal(0, fresh.Version);
    }

    [Fact]
    public void Load_TruncatedWithoutLength_NamesTheTensor() => Assert.Contains(
        "The file ends in tensor 'bias', 3 bytes or more before its end",
        Refusal(() => Create(1).Load(new ForwardOnlyStream(Saved()[..^3]))),
        StringComparison.Ordinal);

    // It says 90 MB and has none: memory must not be taken on its word.
    [Fact]
    public void Load_HeaderLongerThanTheStream_IsRefusedBeforeItIsAllocated()
    {
        byte[] file = new byte[100];
        BinaryPrimitives.WriteUInt64LittleEndian(file, 90_000_000);
        ParameterArena<float> arena = Create(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Refusal(() => arena.Load(new ForwardOnlyStream(file)));
        Assert.Contains("only 92 of them", message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Load_TensorsInAnotherOrder_AreFoundWhereTheyAre()
    {
        using MemoryStream file = WeightFile.Of([Tensors[1], Tensors[0]], name => name == "bias" ? 1 : 2);
        var arena = new ParameterArena<float>(16, Tensors);
        arena.Load(new ForwardOnlyStream(file.ToArray()));
        Assert.Equal([1, 1], arena.Get("bias"));
        Assert.All(arena.Get("table"), value => Assert.Equal(2, value));
    }

    private static float Loaded(Stream stream)
    {
        var arena = new ParameterArena<float>(16, Tensors);
        arena.Load(stream);
        Assert.Equal(Bias, arena.Get("bias"));
        return arena.Get("table")[0];
    }

    private static string Refusal(Action load) => Assert.Throws<InvalidDataException>(load).Message;

    private static byte[] Saved()
    {
        using var stream = new MemoryStream();
        Create(1).Save(stream);
        return stream.ToArray();
    }

    private static ParameterArena<float> Create(float first)
    {
        var arena = new ParameterArena<float>(16, Tensors);
        arena.Set("table", [first, 2, 3, 4, 5, 6]);
        arena.Set("bias", Bias);
        return arena;
    }
}
