using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

public sealed unsafe class ArenaTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(100_000)]
    public void Arena_AnyLength_IsZeroAndAligned(int length)
    {
        var arena = new Arena<float>(length);
        Assert.Equal(length, arena.Length);
        Assert.Equal(length, arena.Span.Length);
        Assert.Equal(0u, (nuint)arena.Pointer % Arena<float>.Alignment);
        Assert.Equal(-1, arena.Span.IndexOfAnyExcept(0f));
    }

    [Fact]
    public void Span_AndPointer_AreTheSameNumbers()
    {
        var arena = new Arena<double>(5);
        arena.Pointer[4] = 3;
        Assert.Equal([0, 0, 0, 0, 3], arena.Span.ToArray());
    }

    [Fact]
    public void Pointer_AfterCollection_StillHolds()
    {
        var arena = new Arena<float>(1000);
        arena.Pointer[999] = 1;
        float* before = arena.Pointer;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        fixed (float* after = arena.Span)
        {
            Assert.True(before == after);
        }

        Assert.Equal(1, before[999]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Arena_ImpossibleLength_Throws(int length)
        => Assert.Throws<ArgumentOutOfRangeException>("length", () => new Arena<float>(length));
}
