using System.Collections.Immutable;
using RnnGen.Initialization;
using RnnGen.Kernels;
using RnnGen.Weights;

namespace RnnGen.Tests.Weights;

/// <summary>Tensors of more bytes than an array can have, and how much memory files take.</summary>
public class LargeTensorTests
{
    private const long TwoGibibytes = 1L << 31;

    // All rows lie in one place of the arena: the file is large and the model is not.
    private static readonly ImmutableArray<TensorMap> Large =
        [new("table", [270_000, 1_000], [new(0, 270_000, 1_000, new RowMap(0, 0), 1, TensorPartRole.Value, null)])];

    // 24 MB, and a second tensor, so that pieces end inside and at the end of tensors.
    private static readonly ImmutableArray<TensorMap> Middle =
    [
        new("table", [3_000, 2_000],
            [new(0, 3_000, 2_000, new RowMap(0, 2_000), 1, TensorPartRole.Value, new Normal())]),
        new("other", [1_001, 7],
            [
                new(0, 500, 7, new RowMap(6_000_000, 7), -1, TensorPartRole.Value, new XavierUniform()),
                new(500, 501, 7, new RowMap(6_003_500, 7), 1, TensorPartRole.Value, new XavierUniform()),
            ]),
    ];

    [Fact]
    public void SaveAndLoad_TensorOfMoreThanTwoGibibytes_IsWrittenAndRead()
    {
        var arena = new ParameterArena<double>(1_000, Large);
        arena.Arena.Span.Fill(0.5);
        var file = new LargeFile();
        arena.Save(file);
        Assert.True(file.Length > TwoGibibytes, $"{file.Length} bytes");
        Assert.True(file.LargestWrite <= 1 << 20, $"{file.LargestWrite} bytes at once");

        arena.Arena.Span.Clear();
        file.Position = 0;
        arena.Load(file);
        Assert.Equal(file.Length, file.Position);
        Assert.All(arena.Arena.Span.ToArray(), value => Assert.Equal(0.5, value));
    }

    [Fact]
    public void SaveAndLoad_ModelOf24Megabytes_TakesNoCopies()
    {
        string path = Path.GetTempFileName();
        try
        {
            var saved = new ParameterArena<float>(6_007_007, Middle);
            Assert.InRange(Allocated(() => saved.Initialize(3)), 0, 3_000_000);
            Assert.InRange(Allocated(() => saved.Save(path)), 0, 5_000_000);

            // In place; then beside the weights that are there, once.
            var loaded = new ParameterArena<float>(6_007_007, Middle);
            Assert.InRange(Allocated(() => loaded.Load(path)), 0, 5_000_000);
            Assert.Equal(saved.Arena.Span, loaded.Arena.Span);
            loaded.Initialize(4);
            Assert.InRange(Allocated(() => loaded.Load(path)), 24_028_028, 29_000_000);
            Assert.Equal(saved.Arena.Span, loaded.Arena.Span);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Initialize_InPieces_GivesTheNumbersOfTheWholeMatrix()
    {
        var arena = new ParameterArena<double>(6_007_007, Middle);
        arena.Initialize(3);
        var whole = new ParameterArena<double>(
            6_007_007,
            [.. Middle.Select(tensor => tensor with
            {
                Parts = [.. tensor.Parts.Select(part => part with { Initializer = new AtOnce(part.Initializer!) })],
            })]);
        whole.Initialize(3);
        Assert.Equal(whole.Arena.Span, arena.Arena.Span);
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Another's scheme, which can only be asked for a whole matrix.</summary>
    private sealed class AtOnce(IInitializer other) : IInitializer
    {
        public void Fill(Span<double> values, int rows, int columns, CounterRandom random) =>
            other.Fill(values, rows, columns, random);
    }

    /// <summary>A file that keeps its first kilobytes, and takes the rest for repetitions of its last number.</summary>
    private sealed class LargeFile : Stream
    {
        private readonly byte[] _start = new byte[4096];
        private readonly byte[] _number = new byte[sizeof(double)];
        private long _length;

        public int LargestWrite { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int kept = (int)Math.Clamp(_start.Length - Position, 0, buffer.Length);
            buffer[..kept].CopyTo(_start.AsSpan((int)Math.Min(Position, _start.Length)));
            LargestWrite = Math.Max(LargestWrite, buffer.Length);
            Position += buffer.Length;
            _length = Math.Max(_length, Position);
            if (buffer.Length >= _number.Length && _length % _number.Length == 0)
            {
                buffer[^_number.Length..].CopyTo(_number);
            }
        }

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, _length - Position);
            int kept = (int)Math.Clamp(_start.Length - Position, 0, count);
            _start.AsSpan((int)Math.Min(Position, _start.Length), kept).CopyTo(buffer);
            int phase = (int)((Position + kept) % _number.Length);
            for (int done = kept; done < count;)
            {
                ReadOnlySpan<byte> rest = _number.AsSpan(phase, Math.Min(_number.Length - phase, count - done));
                rest.CopyTo(buffer[done..]);
                done += rest.Length;
                phase = 0;
            }

            Position += count;
            return count;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
