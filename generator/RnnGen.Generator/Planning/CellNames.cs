using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Names, in words, for values that the equation file leaves without one.</summary>
internal static class CellNames
{
    public static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>The name of a term: its gate's, and the operand's where the gate is applied twice.</summary>
    public static string Term(CellSpec cell, int term)
    {
        TermSpec spec = cell.Terms[term];
        string gate = cell.Gates[spec.Gate].Name;
        bool shared = cell.Terms.Count(other => other.Gate == spec.Gate) > 1;
        return shared ? gate + (spec.HasInput ? "OfInput" : "OfState") : gate + "Sum";
    }

    public static void NameTerms(CellSpec cell, EquationGraph graph)
    {
        for (int id = 0; id < graph.Count; id++)
        {
            if (graph[id].Operation == Operation.Term)
            {
                graph.Name(id, Term(cell, graph[id].Index));
            }
        }
    }

    public static void NameOperands(EquationGraph graph, int[] operands)
    {
        foreach (int operand in operands)
        {
            graph.Name(operand, operands.Length == 1 || graph[operand].Operation == Operation.State
                ? "operand"
                : "operand" + Array.IndexOf(operands, operand));
        }

        for (int id = 0; id < graph.Count; id++)
        {
            if (graph[id] is { Operation: Operation.Call, IsBinary: false } node
                && graph[node.Left].Name is { Length: > 0 } argument)
            {
                string function = char.ToLowerInvariant(node.Function[0]) + node.Function.Substring(1);
                graph.Name(id, function + Capitalized(argument));
            }
        }
    }

    public static void NameGradients(CellSpec cell, EquationGraph graph, Dictionary<int, int> terms)
    {
        foreach (KeyValuePair<int, int> term in terms)
        {
            graph.Name(term.Value, Backpropagation.GradientName(Term(cell, term.Key)));
        }
    }
}
