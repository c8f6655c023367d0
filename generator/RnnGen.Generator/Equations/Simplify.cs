using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>The identities that a graph applies while it grows.</summary>
internal static class Simplify
{
    /// <summary>The node that the operation reduces to, or null where it stays.</summary>
    public static int? Try(EquationGraph graph, Operation operation, int left, int right) => operation switch
    {
        Operation.Add when graph.IsConstant(left, 0) => right,
        Operation.Add when graph.IsConstant(right, 0) => left,
        Operation.Add when graph[right].Operation == Operation.Negate =>
            graph.Apply(Operation.Subtract, left, graph[right].Left),
        Operation.Subtract when graph.IsConstant(right, 0) => left,
        Operation.Subtract when graph.IsConstant(left, 0) => graph.Apply(Operation.Negate, right),
        Operation.Subtract when left == right && graph.IsPerRow(left) => graph.Constant(0),
        Operation.Multiply when graph.IsConstant(left, 0) || graph.IsConstant(right, 0) => graph.Constant(0),
        Operation.Multiply when graph.IsConstant(left, 1) => right,
        Operation.Multiply when graph.IsConstant(right, 1) => left,
        Operation.Multiply when graph.IsConstant(left, -1) => graph.Apply(Operation.Negate, right),
        Operation.Multiply when graph.IsConstant(right, -1) => graph.Apply(Operation.Negate, left),
        Operation.Multiply when graph[right].Operation == Operation.Negate =>
            graph.Apply(Operation.Negate, graph.Apply(Operation.Multiply, left, graph[right].Left)),
        Operation.Multiply when RowMeans.ReduceProduct(graph, left, right) is { } product => product,
        Operation.Divide when graph.IsConstant(right, 1) => left,
        Operation.Divide when graph.IsConstant(left, 0) && graph.IsPerRow(right) => left,
        Operation.Negate when graph[left].Operation == Operation.Negate => graph[left].Left,
        Operation.Negate when graph[left].Operation == Operation.Constant => graph.Constant(-graph[left].Value),
        Operation.Mean => RowMeans.Reduce(graph, left),
        _ when right >= 0 && graph[left].Operation == Operation.Constant && graph[right].Operation == Operation.Constant
            => graph.Constant(Fold(operation, graph[left].Value, graph[right].Value)),
        _ => null,
    };

    private static double Fold(Operation operation, double left, double right) => operation switch
    {
        Operation.Add => left + right,
        Operation.Subtract => left - right,
        Operation.Multiply => left * right,
        Operation.Divide => left / right,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not a binary operation."),
    };
}
