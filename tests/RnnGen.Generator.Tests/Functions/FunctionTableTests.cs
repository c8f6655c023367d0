using RnnGen.Generator.Emission;
using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Tests.Functions;

/// <summary>What the one table of functions says is true of every row: whoever adds a row gets these tests.</summary>
public sealed class FunctionTableTests
{
    /// <summary>How each is printed in comments.</summary>
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["Sigmoid"] = "σ(x)",
        ["Tanh"] = "tanh(x)",
        ["Relu"] = "max(0, x)",
        ["Exp"] = "exp(x)",
        ["Log"] = "ln(x)",
        ["Softplus"] = "softplus(x)",
        ["Softsign"] = "softsign(x)",
        ["HardSigmoid"] = "max(0, min(6, x + 3)) / 6",
        ["HardTanh"] = "max(-1, min(1, x))",
        ["LeakyRelu"] = "max(0.01 ⊙ x, x)",
        ["Abs"] = "|x|",
        ["Min"] = "min(x, y)",
        ["Max"] = "max(x, y)",
        ["IsPositive"] = "[x > 0]",
        ["TanhTimes"] = "x ⊙ tanh(y)",
        ["Sqrt"] = "√(x)",
        ["InverseSqrt"] = "1 / √(x)",
    };

    public static TheoryData<string> All => [.. FunctionTable.All.Select(function => function.Name)];

    public static TheoryData<string> Callable => [.. FunctionTable.Callable.Select(function => function.Name)];

    [Fact]
    public void Rows_ThatFilesMayCall_AreTheRuntimesFunctions() => Assert.Equal(
        FunctionValues.OfTheRuntime.Select(method => (method.Name, method.GetParameters().Length)).Order(),
        FunctionTable.Callable.Select(function => (function.Name, function.Arity)).Order());

    [Fact]
    public void Rows_WithoutDefinition_HaveABodyAndEveryBodyHasARow()
    {
        string[] bodies = [.. FunctionBodies.Instructions.Keys, .. FunctionBodies.Methods.Keys];
        Assert.Equal(bodies.Length, bodies.Distinct().Count());
        Assert.Empty(bodies.Except(FunctionTable.All.Select(function => function.Name)));
        Assert.Empty(FunctionTable.All.Where(function => function.Definition is null)
            .Select(function => function.Name).Except(bodies));
        Assert.Equal(
            FunctionBodies.Instructions.Keys.Order(),
            FunctionTable.All.Where(function => function.IsInstruction).Select(function => function.Name).Order());
    }

    // A derivative that is found from the definition cannot tell two operands apart that are one value.
    [Fact]
    public void Rows_OfTwoOperands_StateTheirDerivatives() => Assert.All(
        FunctionTable.Callable.Where(function => function.Arity > 1),
        function => Assert.Equal(function.Arity, function.Derivatives?.Count));

    [Theory]
    [MemberData(nameof(All))]
    public void Text_OfARow_IsAsExpected(string name)
    {
        Assert.True(Texts.ContainsKey(name), $"Say here how {name} is printed.");
        Expression? second = FunctionTable.Of(name).Arity > 1 ? Expression.Of("y") : null;
        Assert.Equal(Texts[name], EquationText.Of(Expression.Call(name, Expression.Of("x"), second)));
    }

    [Theory]
    [MemberData(nameof(Callable))]
    public void Derivatives_OnAGrid_EqualCentralDifferences(string name)
    {
        Function function = FunctionTable.Of(name);
        (EquationGraph graph, int call) = Call(function);
        for (int operand = 0; operand < function.Arity; operand++)
        {
            int one = graph.Constant(1);
            int derivative = operand == 0
                ? Derivatives.OfLeft(graph, call, one)
                : Derivatives.OfRight(graph, call, one);
            int seen = 0;
            int kinks = 0;
            foreach (double[] at in Grid(function.Arity))
            {
                // Near 0 a logarithm bends too much for a step that is not small beside its argument.
                double step = 1e-5 * Math.Min(1, Math.Abs(at[operand]));
                double Shifted(double by) =>
                    FunctionValues.Of(name, [.. at.Select((value, i) => i == operand ? value + by : value)]);
                double here = Shifted(0);
                (double after, double before) = (Shifted(step) - here, here - Shifted(-step));
                double expected = (after + before) / (2 * step);
                if (double.IsNaN(expected))
                {
                    continue;
                }

                seen++;
                if (Math.Abs(after - before) / step > 0.01 * (1 + Math.Abs(expected)))
                {
                    kinks++;
                    continue;
                }

                double actual = FunctionValues.Of(graph, derivative, at);
                Assert.True(
                    Math.Abs(actual - expected) <= 1e-7 * (1 + Math.Abs(expected)),
                    $"{name} by operand {operand} at {string.Join(", ", at)}: {actual}, not {expected}.");
            }

            Assert.True(seen > 20 && kinks < seen / 10, $"{name}: {kinks} of {seen} points had no derivative.");
        }
    }

    [Theory]
    [MemberData(nameof(Callable))]
    public void Definition_OnAGrid_IsTheRuntimesFunction(string name)
    {
        Function function = FunctionTable.Of(name);
        if (function.Definition is null)
        {
            // Its body is compared by FunctionAccuracyTests alone.
            Assert.Contains(name, FunctionBodies.Instructions.Keys.Concat(FunctionBodies.Methods.Keys));
            return;
        }

        (EquationGraph graph, int call) = Call(function);
        int definition = function.Define(graph, graph[call].Left, graph[call].Right);
        foreach (double[] at in Grid(function.Arity))
        {
            double expected = FunctionValues.Of(name, at);
            Assert.Equal(expected, FunctionValues.Of(graph, definition, at), 1e-14 * Math.Abs(expected));
        }
    }

    [Theory]
    [MemberData(nameof(Callable))]
    public void Bound_OnAGrid_Holds(string name)
    {
        Function function = FunctionTable.Of(name);
        if (function.Bound is not { } bound)
        {
            return;
        }

        foreach (double[] at in Grid(function.Arity))
        {
            double value = Math.Abs(FunctionValues.Of(name, at));
            Assert.True(!(value > bound([.. at.Select(Math.Abs)])), $"{name} is {value} at {string.Join(", ", at)}.");
        }
    }

    private static (EquationGraph Graph, int Call) Call(Function function)
    {
        var graph = new EquationGraph();
        int x = graph.Leaf(Operation.State, 0, "x");
        int y = function.Arity > 1 ? graph.Leaf(Operation.State, 1, "y") : -1;
        return (graph, graph.Call(function.Name, x, y));
    }

    // Not at 0, where second derivatives may jump: central differences are of first order there.
    private static IEnumerable<double[]> Grid(int arity)
    {
        foreach (double x in Enumerable.Range(-60, 121).Select(i => (i * 0.15) + 0.01))
        {
            foreach (double y in arity > 1 ? [-2.71, -0.4, 0.013, 1.9] : new double[] { 0 })
            {
                yield return arity > 1 ? [x, y] : [x];
            }
        }
    }
}
