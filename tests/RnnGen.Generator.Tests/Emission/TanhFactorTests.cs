namespace RnnGen.Generator.Tests.Emission;

/// <summary>When a factor of tanh goes into the numerator of its quotient.</summary>
public sealed class TanhFactorTests
{
    [Theory]
    [InlineData("Sigmoid(a[x, hidden]) * Tanh(Sigmoid(b[x]))", true)]
    [InlineData("(1 - Sigmoid(a[x, hidden])) * Tanh(Sigmoid(b[x]))", true)]
    [InlineData("Tanh(Sigmoid(b[x])) * Sigmoid(a[x, hidden])", true)]
    public void Factor_OfAGate_IsMoved(string newHidden, bool isMoved) => Moves(newHidden, isMoved);

    // The numerator could overflow.
    [Theory]
    [InlineData("a[x, hidden] * Tanh(Sigmoid(b[x]))", false)]
    [InlineData("Relu(a[x, hidden]) * Tanh(Sigmoid(b[x]))", false)]
    [InlineData("weight * Tanh(Sigmoid(b[x]) + a[x, hidden])", false)]
    public void Factor_WithoutALimit_Stays(string newHidden, bool isMoved) => Moves(newHidden, isMoved);

    [Theory]
    [InlineData("Sigmoid(Sigmoid(a[x, hidden])) * Tanh(Sigmoid(b[x]))", false)]
    [InlineData("Sigmoid(a[x, hidden]) * Tanh(b[x])", false)]
    public void Factor_ThatComesAfterTheArgument_Stays(string newHidden, bool isMoved) => Moves(newHidden, isMoved);

    // One product of a sum goes along in its multiply-add: of two that are added the left one.
    [Theory]
    [InlineData("hidden + Sigmoid(a[x, hidden]) * Tanh(Sigmoid(b[x]))", false)]
    [InlineData("hidden - Sigmoid(a[x, hidden]) * Tanh(Sigmoid(b[x]))", false)]
    [InlineData("Sigmoid(a[x, hidden]) * Tanh(Sigmoid(b[x])) + weight * hidden", false)]
    [InlineData("weight * hidden + Sigmoid(a[x, hidden]) * Tanh(Sigmoid(b[x]))", true)]
    [InlineData("Sigmoid(a[x, hidden]) * Tanh(Sigmoid(b[x])) - weight * hidden", true)]
    [InlineData("Sigmoid(a[x, hidden]) * Tanh(Sigmoid(b[x])) - hidden", true)]
    public void Factor_InASum_StaysWhereTheSumTakesTheProduct(string newHidden, bool isMoved) =>
        Moves(newHidden, isMoved);

    [Fact]
    public void Factor_InDoublePrecision_Stays() =>
        Moves("Sigmoid(a[x, hidden]) * Tanh(Sigmoid(b[x]))", isMoved: false, ", Precision = Precision.Double");

    private static void Moves(string newHidden, bool isMoved, string options = "")
    {
        string step = GeneratorHarness.Run(
            $$"""
            using RnnGen;
            using RnnGen.Cells;
            using static RnnGen.Cells.Functions;
            [SequenceModel(Steps = 2, Batch = 2{{options}}), Input(1), Example(3), Dense(1), MeanSquaredError]
            public sealed partial class Model;
            public sealed class ExampleAttribute(int size) : RecurrentAttribute<Example>(size);
            public sealed class Example : ICell
            {
                public static (Vector NewHidden, Vector NewState) Step(
                    Input x, Vector hidden, Vector state, Gate a, Gate b, Weight weight)
                {
                    var newState = weight * state;
                    var newHidden = {{newHidden}};
                    return (newHidden, newState);
                }
            }
            """).AssertCompiles()["Avx2.Step.g.cs"];
        Assert.Contains("Tanh", step, StringComparison.Ordinal);
        Assert.Equal(isMoved, step.Contains("TanhTimes(", StringComparison.Ordinal));
    }
}
