using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests.Planning;

/// <summary>Equations over rows: what their means reduce to, and in how many ways over a row they are cut.</summary>
public sealed class RowEquationsTests
{
    [Fact]
    public void Mean_OfCentredNumbers_IsZero()
    {
        (RowEquations equations, Formula x) = Start();
        Formula centred = x - equations.Mean(x, "mean");
        Assert.True(equations.Graph.IsConstant(equations.Mean(centred, "none").Id, 0));
        Assert.True(equations.Graph.IsConstant(equations.Mean(-centred / equations.Mean(x, "mean"), "none").Id, 0));
    }

    [Fact]
    public void Mean_OfWhatIsTheSameInTheRow_IsThat()
    {
        (RowEquations equations, Formula x) = Start();
        Formula mean = equations.Mean(x, "mean");
        Formula ofRow = (mean * mean) + 2;
        Assert.Equal(ofRow, equations.Mean(ofRow, "none"));
        Assert.Equal(ofRow * mean, equations.Mean(ofRow * x, "none"));
        Assert.Equal(["mean"], equations.Means);
    }

    [Fact]
    public void Mean_OfASum_IsOneSum()
    {
        (RowEquations equations, Formula x) = Start();
        Formula other = equations.Input("other");
        Assert.Equal(Operation.Mean, equations.Graph[equations.Mean(x + other, "both").Id].Operation);
    }

    // The mean is its own transpose: so is its gradient, in one way over the row before the last.
    [Fact]
    public void Gradient_OfAMean_IsTheMeanOfGradients()
    {
        (RowEquations equations, Formula x) = Start();
        equations.Yield(equations.Mean(x, "y"), "y");
        RowProgram backward = equations.BackwardOfRows(_ => true, out _);
        Assert.Equal(2, backward.Stages.Count);
        Assert.Equal("dY", Assert.Single(backward.Stages[0].PerUnit.Stores).Name);
        Store stored = Assert.Single(backward.Stages[1].PerUnit.Stores);
        Assert.Equal(Assert.Single(backward.Stages[1].PerRow.Loads).Name, stored.Name);
    }

    // As a specialist writes layer normalization: mean, variance, results; and back with two sums in one way.
    [Fact]
    public void Stages_OfANormalization_AreThreeForwardAndTwoBackward()
    {
        (RowEquations equations, Formula x) = Start();
        Formula centred = x - equations.Mean(x, "mean");
        Formula variance = equations.Mean(centred * centred, "variance");
        equations.Yield(centred * (variance + 1e-5).To(FunctionTable.InverseSqrt), "y");
        Assert.Equal([1, 1, 1], equations.ForwardOfRows(keepsMeans: true).Stages.Select(Stored));
        Assert.Equal([2, 1], equations.BackwardOfRows(_ => true, out _).Stages.Select(Stored));
    }

    [Fact]
    public void Gradient_OfAVectorThatIsAdded_IsSummedWhereItArrives()
    {
        (RowEquations equations, Formula x) = Start();
        equations.Yield((x * equations.Weight("gain")) + equations.Weight("bias"), "y");
        RowProgram backward = equations.BackwardOfRows(_ => false, out bool[] sumsResultGradient);
        Assert.Equal([false, true], sumsResultGradient);
        Assert.Equal([equations.WeightGradient(0)], backward.Stored);
    }

    private static (RowEquations Equations, Formula X) Start()
    {
        var equations = new RowEquations();
        return (equations, equations.Input("x"));
    }

    private static int Stored(RowStage stage) => stage.PerUnit.Stores.Count;
}
