using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>
/// Algebra of means over the units of a row. A mean is linear, and factors that are the same in all units stand before
/// it; so a mean that is known already needs no sum, such as that of x − mean(x), which is 0.
/// </summary>
internal static class RowMeans
{
    /// <summary>What the mean of a value reduces to, or null where it is a sum of its own.</summary>
    public static int? Reduce(EquationGraph graph, int value)
    {
        if (Known(graph, value) is { } known)
        {
            return known;
        }

        Node node = graph[value];
        return node.Operation switch
        {
            Operation.Negate => graph.Apply(Operation.Negate, Mean(graph, node.Left)),
            Operation.Multiply when graph.IsConstantInRow(node.Left) =>
                graph.Apply(Operation.Multiply, node.Left, Mean(graph, node.Right)),
            Operation.Multiply when graph.IsConstantInRow(node.Right) =>
                graph.Apply(Operation.Multiply, Mean(graph, node.Left), node.Right),
            Operation.Divide when graph.IsConstantInRow(node.Right) =>
                graph.Apply(Operation.Divide, Mean(graph, node.Left), node.Right),

            // Two sums instead of one are worth it only where one of them is known.
            Operation.Add or Operation.Subtract
                when Known(graph, node.Left) is not null || Known(graph, node.Right) is not null =>
                graph.Apply(node.Operation, Mean(graph, node.Left), Mean(graph, node.Right)),
            _ => null,
        };
    }

    /// <summary>
    /// What a product reduces to in which something is the same in all units of a row: that is multiplied once, numbers
    /// first. Null where it stays.
    /// </summary>
    public static int? ReduceProduct(EquationGraph graph, int left, int right)
    {
        int Times(int first, int second) => graph.Apply(Operation.Multiply, first, second);
        if (graph.IsPerRow(left) && graph[right].Operation == Operation.Constant)
        {
            return Times(right, left);
        }

        if (graph.IsPerRow(left) && graph[left].Operation == Operation.Negate)
        {
            return graph.Apply(Operation.Negate, Times(graph[left].Left, right));
        }

        Node product = graph[right];
        bool isNested = product.Operation == Operation.Multiply
            && graph.IsConstantInRow(left) && graph.IsConstantInRow(product.Left);
        return isNested && (graph.IsPerRow(left) || graph.IsPerRow(product.Left) || graph.IsPerRow(right))
            ? Times(Times(left, product.Left), product.Right)
            : null;
    }

    private static int Mean(EquationGraph graph, int value) => graph.Apply(Operation.Mean, value);

    // The mean of a value, where no sum over the row is needed for it.
    private static int? Known(EquationGraph graph, int value)
    {
        if (graph.IsConstantInRow(value))
        {
            return value;
        }

        Node node = graph[value];
        return node.Operation switch
        {
            Operation.Subtract when IsMeanOf(graph[node.Right], node.Left) => graph.Constant(0),
            Operation.Negate => Apply(node, Known(graph, node.Left), -1),
            Operation.Multiply when graph.IsConstantInRow(node.Left) =>
                Apply(node, node.Left, Known(graph, node.Right)),
            Operation.Multiply or Operation.Divide when graph.IsConstantInRow(node.Right) =>
                Apply(node, Known(graph, node.Left), node.Right),
            Operation.Add or Operation.Subtract => Apply(node, Known(graph, node.Left), Known(graph, node.Right)),
            _ => null,
        };

        int? Apply(Node operation, int? left, int? right) =>
            left is { } first && right is { } second ? graph.Apply(operation.Operation, first, second) : null;
    }

    private static bool IsMeanOf(Node node, int value) => node.Operation == Operation.Mean && node.Left == value;
}
