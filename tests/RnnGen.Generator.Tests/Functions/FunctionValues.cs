using System.Reflection;
using RnnGen.Cells;
using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Tests.Functions;

/// <summary>Values of functions as the runtime computes them, and of nodes of a graph that call them.</summary>
internal static class FunctionValues
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The methods that equation files call.</summary>
    public static IReadOnlyList<MethodInfo> OfTheRuntime { get; } =
        typeof(RnnGen.Cells.Functions).GetMethods(Declared);

    private static readonly Dictionary<string, Func<Vector, Vector>> Unary = OfTheRuntime
        .Where(method => method.GetParameters().Length == 1)
        .ToDictionary(method => method.Name, method => method.CreateDelegate<Func<Vector, Vector>>());

    private static readonly Dictionary<string, Func<Vector, Vector, Vector>> Binary = OfTheRuntime
        .Where(method => method.GetParameters().Length == 2)
        .ToDictionary(method => method.Name, method => method.CreateDelegate<Func<Vector, Vector, Vector>>());

    public static double Of(string function, params double[] operands) => operands.Length == 1
        ? Unary[function](operands[0]).Values[0]
        : Binary[function](operands[0], operands[1]).Values[0];

    /// <summary>The value of a node; states are the operands.</summary>
    public static double Of(EquationGraph graph, int id, double[] operands)
    {
        Node node = graph[id];
        double Left() => Of(graph, node.Left, operands);
        double Right() => Of(graph, node.Right, operands);
        return node.Operation switch
        {
            Operation.State => operands[node.Index],
            Operation.Constant => node.Value,
            Operation.Add => Left() + Right(),
            Operation.Subtract => Left() - Right(),
            Operation.Multiply => Left() * Right(),
            Operation.Divide => Left() / Right(),
            Operation.Negate => -Left(),
            Operation.Call when node.Function == FunctionTable.IsPositive => Left() > 0 ? 1 : 0,
            Operation.Call when node.IsBinary => Of(node.Function, Left(), Right()),
            Operation.Call => Of(node.Function, Left()),
            _ => throw new ArgumentOutOfRangeException(nameof(id), node.Operation, "Has no value."),
        };
    }
}
