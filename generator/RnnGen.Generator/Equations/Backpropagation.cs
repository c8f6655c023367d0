using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>Reverse-mode differentiation of a cell's equations.</summary>
internal static class Backpropagation
{
    /// <summary>
    /// Appends to <paramref name="graph"/> the gradients of all leaves.
    /// </summary>
    /// <param name="graph">The equations; grows.</param>
    /// <param name="seeds">Nodes whose gradients arrive from outside, as pairs (node, gradient).</param>
    /// <param name="operandGradient">
    /// Asked for each node before its operands: the gradient that reaches it through matrix products, or -1. By then
    /// the gradients of all terms that use the node are in <see cref="Gradients.OfTerm"/>.
    /// </param>
    public static Gradients Differentiate(
        EquationGraph graph, IEnumerable<(int Node, int Gradient)> seeds, Func<Gradients, int, int> operandGradient)
    {
        int count = graph.Count;
        var gradients = new Gradients(count);
        foreach ((int node, int gradient) in seeds)
        {
            gradients.Add(node, gradient);
        }

        for (int id = count - 1; id >= 0; id--)
        {
            int arriving = operandGradient(gradients, id);
            if (arriving >= 0)
            {
                gradients.Add(id, arriving);
            }

            Propagate(graph, gradients, id);
        }

        return gradients;
    }

    private static void Propagate(EquationGraph graph, Gradients gradients, int id)
    {
        int gradient = graph.Sum(gradients.Addends(id));
        Node node = graph[id];
        if (node.Operation == Operation.Term)
        {
            gradients.OfTerm[node.Index] = gradient;
        }

        if (node.IsLeaf || graph.IsConstant(gradient, 0))
        {
            return;
        }

        if (node.Name.Length > 0)
        {
            graph.Name(gradient, GradientName(node.Name));
        }

        gradients.Add(node.Left, Derivatives.OfLeft(graph, id, gradient));
        if (node.IsBinary)
        {
            gradients.Add(node.Right, Derivatives.OfRight(graph, id, gradient));
        }
    }

    /// <summary>The name of a value's gradient: <c>dNewCell</c> for <c>newCell</c>.</summary>
    public static string GradientName(string name) => "d" + char.ToUpperInvariant(name[0]) + name.Substring(1);
}

/// <summary>The gradients found so far, as sums whose addends stay apart.</summary>
internal sealed class Gradients(int count)
{
    private readonly List<int>[] _addends = Enumerable.Range(0, count).Select(_ => new List<int>()).ToArray();

    /// <summary>The gradient of each term, by the term's index.</summary>
    public Dictionary<int, int> OfTerm { get; } = [];

    public IReadOnlyList<int> Addends(int node) => _addends[node];

    public void Add(int node, int gradient) => _addends[node].Add(gradient);
}
