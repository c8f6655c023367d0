using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

public sealed class SplatsTests
{
    [Fact]
    public void Of_Numbers_IsAVectorForEach()
    {
        Arena<float> splats = Splats.Of<float>(4, [1.5f, -2]);
        Assert.Equal([1.5f, 1.5f, 1.5f, 1.5f, -2, -2, -2, -2], splats.Span.ToArray());
    }

    [Fact]
    public void Of_NoNumbers_IsEmpty() => Assert.Equal(0, Splats.Of<double>(8, []).Length);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Of_FewerThanOneLane_Throws(int lanes)
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => Splats.Of<float>(lanes, [1]));
        Assert.Equal("lanes", thrown.ParamName);
        Assert.Equal(lanes, thrown.ActualValue);
    }
}
