using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>The one table of derivatives: for each operation, how the gradient of its result reaches its
/// operands.</summary>
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
            // σ′ = σ(1 − σ)
            Operation.Sigmoid =>
                Times(
                graph.Apply(Operation.Multiply, result, graph.Apply(Operation.Subtract, graph.Constant(1), result))),
            // tanh′ = 1 − tanh²
            Operation.Tanh =>
                Times(
                graph.Apply(Operation.Subtract, graph.Constant(1), graph.Apply(Operation.Multiply, result, result))),
            Operation.Relu => Times(graph.Apply(Operation.IsPositive, result)),
            Operation.IsPositive => graph.Constant(0),
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
            _ => throw new ArgumentOutOfRangeException(nameof(result), node.Operation, "Not a binary operation."),
        };
    }
}
