namespace RnnGen.Tests.Outputs;

public sealed class SoftmaxTests
{
    [Fact]
    public void Apply_LargeLogitsAndLowTemperature_StaysFinite()
    {
        float[] probabilities = new float[3];
        Softmax.Apply([3e38f, 2e38f, float.NegativeInfinity], probabilities, 1e-3f);
        Assert.Equal([1, 0, 0], probabilities);
    }

    [Fact]
    public void Apply_Temperature_DividesTheLogits()
    {
        double[] probabilities = new double[2];
        Softmax.Apply([0.0, 3.0], probabilities, 2);
        Assert.Equal(1 / (1 + Math.Exp(1.5)), probabilities[0], Tolerances.PyTorchFormula);
    }

    [Fact]
    public void Apply_TheLowestTemperature_LeavesTheMostLikely()
    {
        double[] values = [1, 2, 2, -5];
        Softmax.Apply(values, values, double.Epsilon);
        Assert.Equal([0, 0.5, 0.5, 0], values);
    }

    [Fact]
    public void Apply_WrongArguments_ThrowsAndWritesNothing()
    {
        float[] one = [7], two = [7, 7];
        Assert.Throws<ArgumentException>("logits", () => Softmax.Apply([], new float[0]));
        Assert.Throws<ArgumentException>("probabilities", () => Softmax.Apply([1f, 2f], one));
        Assert.Throws<ArgumentOutOfRangeException>("temperature", () => Softmax.Apply([1f], one, 0));
        Assert.Throws<ArgumentOutOfRangeException>("temperature", () => Softmax.Apply([1f], one, float.NaN));
        Assert.Throws<ArgumentException>("logits", () => Softmax.Apply([1f, float.NaN], two));
        Assert.Throws<ArgumentException>("logits", () => Softmax.Apply([1f, float.PositiveInfinity], two));
        Assert.Throws<ArgumentException>(
            "logits", () => Softmax.Apply([float.NegativeInfinity, float.NegativeInfinity], two));
        Assert.Equal([7, 7, 7], [.. one, .. two]);
    }

    [Fact]
    public void MostLikely_OfEqualOutputs_IsTheFirst()
    {
        Assert.Equal(1, Softmax.MostLikely([-3f, 2f, -5f, 2f]));
        Assert.Equal(3, Softmax.MostLikely([double.NegativeInfinity, -3, -2, double.PositiveInfinity]));
    }

    [Fact]
    public void MostLikely_OfNothingOrNaN_Throws()
    {
        Assert.Throws<ArgumentException>("outputs", () => Softmax.MostLikely(new float[0]));
        Assert.Throws<ArgumentException>("outputs", () => Softmax.MostLikely([1, double.NaN, 3]));
    }

    // The points of a fine grid fall on each class as often as its probability says.
    [Fact]
    public void Draw_OverAllPoints_GivesEachClassItsShare()
    {
        const int Points = 10_000;
        float[] weights = [0, 1, 5, 0, 2, 0];
        int[] drawn = new int[weights.Length];
        for (int i = 0; i < Points; i++)
        {
            drawn[Softmax.Draw(weights, (double)i / Points)]++;
        }

        Assert.Equal([0, 1250, 6250, 0, 2500, 0], drawn);
    }

    [Fact]
    public void Draw_AtTheLastPoint_IsNoClassOfProbabilityZero()
    {
        double last = Math.BitDecrement(1);
        Assert.Equal(2, Softmax.Draw([0.1f, 0.2f, 0.7f, 0f], last));
        Assert.Equal(1, Softmax.Draw([0, double.Epsilon, 0], last));
    }

    [Fact]
    public void Draw_WrongArguments_Throws()
    {
        Assert.Throws<ArgumentException>("probabilities", () => Softmax.Draw(new float[0], 0));
        Assert.Throws<ArgumentException>("probabilities", () => Softmax.Draw([0f, 0f], 0));
        Assert.Throws<ArgumentException>("probabilities", () => Softmax.Draw([1, -1e-9], 0));
        Assert.Throws<ArgumentException>("probabilities", () => Softmax.Draw([1, double.NaN], 0));
        Assert.Throws<ArgumentException>("probabilities", () => Softmax.Draw([double.MaxValue, double.MaxValue], 0));
        Assert.Throws<ArgumentOutOfRangeException>("point", () => Softmax.Draw([1f], 1));
        Assert.Throws<ArgumentOutOfRangeException>("point", () => Softmax.Draw([1f], -1e-9));
        Assert.Throws<ArgumentOutOfRangeException>("point", () => Softmax.Draw([1f], double.NaN));
    }
}
