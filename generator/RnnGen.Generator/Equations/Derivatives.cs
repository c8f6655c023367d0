using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>
/// How the gradient of an operation's result reaches its operands; of functions, by their rows in
/// <see cref="FunctionTable"/>.
/// </summary>
internal static class Derivatives
{
    /// <summary>
    /// The gradient of the left operand: the derivative by it times the result's gradient.
    /// </summary>
    /// <param name="result">The operation's node, whose value derivatives may use.</param>
    /// <param name="gradient">The gradient of the result.</param>
    public static int OfLeft(EquationGraph graph, int result, int gradient)
    {
        int Times(int derivative) => graph.Apply(Operation.Multiply, gradient, derivative);
        Node node = graph[result];
        return node.Operation switch
        {
            Operation.Add or Operation.Subtract => gradient,
            Operation.Multiply => Times(node.Right),
            Operation.Divide => graph.Apply(Operation.Divide, gradient, node.Right),
            Operation.Negate => graph.Apply(Operation.Negate, gradient),
            Operation.Call => Times(FunctionTable.Of(node.Function).Derivative(graph, result, 0)),

            // Every unit counts for every unit's mean by one share: the mean is its own transpose.
            Operation.Mean => graph.Apply(Operation.Mean, gradient),
            _ => throw new ArgumentOutOfRangeException(nameof(result), node.Operation, "A leaf has no operands."),
        };
    }

    /// <summary>The gradient of the right operand of a binary operation.</summary>
    public static int OfRight(EquationGraph graph, int result, int gradient)
    {
        Node node = graph[result];
        return node.Operation switch
        {
            Operation.Add => gradient,
            Operation.Subtract => graph.Apply(Operation.Negate, gradient),
            Operation.Multiply => graph.Apply(Operation.Multiply, gradient, node.Left),
            // (a / b)′ by b = −(a / b) / b
            Operation.Divide =>
                graph.Apply(
                Operation.Negate, graph.Apply(
                Operation.Divide, graph.Apply(Operation.Multiply, gradient, result), node.Right)),
            Operation.Call when node.IsBinary => graph.Apply(
                Operation.Multiply, gradient, FunctionTable.Of(node.Function).Derivative(graph, result, 1)),
            _ => throw new ArgumentOutOfRangeException(nameof(result), node.Operation, "Not a binary operation."),
        };
    }

    /// <summary>The derivative of a value by one that it is made of.</summary>
    public static int Along(EquationGraph graph, int value, int variable)
    {
        Node node = graph[value];
        if (value == variable || node.IsLeaf)
        {
            return graph.Constant(value == variable ? 1 : 0);
        }

        int left = OfLeft(graph, value, Along(graph, node.Left, variable));
        return node.IsBinary
            ? graph.Sum([left, OfRight(graph, value, Along(graph, node.Right, variable))])
            : left;
    }
}
