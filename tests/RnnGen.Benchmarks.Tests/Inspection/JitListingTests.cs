using System.Collections.Immutable;
using RnnGen.Benchmarks.Inspection;

namespace RnnGen.Benchmarks.Tests.Inspection;

public sealed class JitListingTests
{
    [Fact]
    public void Parse_MethodCompiledTwice_GivesBoth()
    {
        ImmutableArray<ListedMethod> methods = JitListing.Parse(Listings.Nested);
        Assert.Equal(["Tier0", "FullOpts"], methods.Select(method => method.Tier));
        Assert.Equal([false, true], methods.Select(method => method.IsOptimized));
        Assert.All(methods, method => Assert.Equal("Models.Lstm.Avx2Kernels:StepLstm(ptr,ptr)", method.Name));
        Assert.Equal([2, 1356], methods.Select(method => method.Bytes));
    }

    [Fact]
    public void Parse_Blocks_HoldInstructionsAlone()
    {
        ListedMethod method = JitListing.Parse(Listings.Nested)[1];
        Assert.Equal(
            ["IG01", "IG02", "IG03", "IG04", "IG05", "IG06", "IG07", "IG08", "IG09", "IG10"],
            method.Blocks.Select(block => block.ShortLabel));
        // Neither padding nor the constants behind the code.
        Assert.Equal([3, 4, 1, 1, 7, 2, 4, 2, 3, 3], method.Blocks.Select(block => block.Instructions.Length));
    }

    [Fact]
    public void Parse_Frame_IsWhatTheHeadingSays()
    {
        Assert.True(JitListing.Parse(Listings.Nested)[1].HasFramePointer);
        Assert.False(JitListing.Parse(Listings.Counting("nop", "nop"))[0].HasFramePointer);
    }

    [Fact]
    public void Parse_NothingCompiled_IsEmpty() => Assert.Empty(JitListing.Parse(""));
}
