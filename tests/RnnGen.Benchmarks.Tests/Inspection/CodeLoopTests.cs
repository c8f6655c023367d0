using System.Collections.Immutable;
using RnnGen.Benchmarks.Inspection;

namespace RnnGen.Benchmarks.Tests.Inspection;

public sealed class CodeLoopTests
{
    [Fact]
    public void Find_TwoJumpsBackIntoOneLoop_AreOne()
    {
        ListedMethod method = JitListing.Parse(Listings.Nested)[1];
        CodeLoop outer = Assert.Single(CodeLoop.Find(method));
        Assert.Equal((2, 8), (outer.First, outer.Last));
        CodeLoop inner = Assert.Single(outer.Inner);
        Assert.Equal((4, 4), (inner.First, inner.Last));
    }

    [Fact]
    public void Executed_NestedLoops_CountsEachAsOftenAsItRuns()
    {
        ListedMethod method = JitListing.Parse(Listings.Nested)[1];
        ImmutableArray<CodeLoop> loops = CodeLoop.Find(method);
        int executed = CodeLoop.Executed(method, 0, method.Blocks.Length - 1, loops).Count();
        const int around = 3 + 4 + 3;
        const int outer = 1 + 1 + 2 + 4 + 2 + 3;
        Assert.Equal(around + (8 * (outer + (32 * 7))), executed);
    }

    [Theory]
    [InlineData("xor eax, eax", 4, "add eax, 2", "cmp eax, 8", "jl G_M000_IG02")]
    [InlineData("xor eax, eax", 3, "add eax, 3", "cmp eax, 8", "jl G_M000_IG02")]
    [InlineData("mov eax, 2", 6, "inc eax", "cmp eax, 7", "jle G_M000_IG02")]
    [InlineData("xor eax, eax", 256, "inc eax", "cmp eax, 0x100", "jb G_M000_IG02")]
    [InlineData("mov ecx, 16", 16, "dec ecx", "jne G_M000_IG02")]
    [InlineData("mov ecx, 16", 4, "sub ecx, 4", "jne G_M000_IG02")]
    [InlineData("mov ecx, 7", 8, "dec ecx", "cmp ecx, 0", "jge G_M000_IG02")]
    [InlineData("mov ecx, 7", 7, "add ecx, -1", "cmp ecx, 0", "jg G_M000_IG02")]
    [InlineData("xor eax, eax", 8, "inc eax", "cmp eax, 8", "vmovups ymm0, ymm1", "jl G_M000_IG02")]
    [InlineData("xor eax, eax", null, "inc eax", "cmp eax, edx", "jl G_M000_IG02")]
    [InlineData("mov eax, edx", null, "inc eax", "cmp eax, 8", "jl G_M000_IG02")]
    [InlineData("xor eax, eax", null, "add eax, edx", "cmp eax, 8", "jl G_M000_IG02")]
    [InlineData("xor eax, eax", null, "inc eax", "mov eax, edx", "cmp eax, 8", "jl G_M000_IG02")]
    public void Trips_CountingRegister_AreWhatTheConstantsSay(string before, int? expected, params string[] body)
    {
        ListedMethod method = JitListing.Parse(Listings.Counting(before, body))[0];
        Assert.Equal(expected, Assert.Single(CodeLoop.Find(method)).Trips);
    }

    [Fact]
    public void Find_StraightLines_HaveNoLoop() =>
        Assert.Empty(CodeLoop.Find(JitListing.Parse(Listings.Counting("xor eax, eax", "je G_M000_IG03"))[0]));
}
