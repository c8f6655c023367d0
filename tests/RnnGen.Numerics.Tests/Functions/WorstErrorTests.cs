namespace RnnGen.Numerics.Tests.Functions;

public sealed class WorstErrorTests
{
    [Theory]
    [InlineData(new[] { 1.0, 3.0, 2.0 }, 3.0, 1)]
    [InlineData(new[] { 1.0, double.NaN, 0.0, 5.0 }, double.NaN, 1)]
    [InlineData(new[] { double.NaN, double.PositiveInfinity }, double.NaN, 0)]
    [InlineData(new[] { 0.0 }, 0.0, -1)]
    public void Add_SeveralErrors_KeepsTheLargestOrWhatIsNoNumber(double[] errors, double worst, int place)
    {
        var seen = new WorstError<int>(nowhere: -1);
        for (int i = 0; i < errors.Length; i++)
        {
            seen.Add(errors[i], i);
        }

        Assert.Equal((worst, place), (seen.Value, seen.Place));
    }
}
