using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests.Planning;

/// <summary>What does not fit stays at the largest number, and what fits is exact.</summary>
public sealed class SaturatingTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 4, 7)]
    [InlineData(long.MaxValue - 1, 1, long.MaxValue)]
    [InlineData(long.MaxValue, 1, long.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue)]
    public void Sum_OfAnySize_StaysInRange(long left, long right, long sum) =>
        Assert.Equal(sum, Saturating.Sum(left, right));

    [Theory]
    [InlineData(0, long.MaxValue, 0)]
    [InlineData(long.MaxValue, 0, 0)]
    [InlineData(3_037_000_499, 3_037_000_499, 9_223_372_030_926_249_001)]
    [InlineData(3_037_000_500, 3_037_000_500, long.MaxValue)]
    [InlineData(1L << 62, 2, long.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue)]
    public void Product_OfAnySize_StaysInRange(long left, long right, long product)
    {
        Assert.Equal(product, Saturating.Product(left, right));
        Assert.Equal(product, Saturating.Product(left, 1, right));
    }

    [Theory]
    [InlineData(0, 16, 0)]
    [InlineData(1, 16, 16)]
    [InlineData(16, 16, 16)]
    [InlineData(int.MaxValue, 16, 1L << 31)]
    [InlineData(long.MaxValue - 3, 16, long.MaxValue)]
    public void RoundedUp_OfAnySize_StaysInRange(long length, int unit, long rounded) =>
        Assert.Equal(rounded, Saturating.RoundedUp(length, unit));

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1L << 31, int.MaxValue)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void ToInt_OfAnySize_StaysInRange(long number, int expected) =>
        Assert.Equal(expected, Saturating.ToInt(number));
}
