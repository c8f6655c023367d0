using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>Drops what no result needs: values computed for an option that was not chosen.</summary>
internal static class CellPruning
{
    public static CellSpec KeepReachable(CellSpec cell)
    {
        var reachable = new HashSet<int>();
        foreach (int result in cell.Results)
        {
            Visit(cell, result, reachable);
        }

        int[] kept = [.. Enumerable.Range(0, cell.Nodes.Count).Where(reachable.Contains)];
        int NewId(int id) => Array.IndexOf(kept, id);
        int[] terms = [.. Used(cell, cell.Terms.Count, reachable, Operation.Term)];
        int[] weights = [.. Used(cell, cell.Weights.Count, reachable, Operation.Weight)];
        int[] gates = [.. Enumerable.Range(0, cell.Gates.Count)
            .Where(gate => terms.Any(term => cell.Terms[term].Gate == gate))];
        return cell with
        {
            Gates = gates.Select(gate => cell.Gates[gate]).ToEquatableArray(),
            Weights = weights.Select(weight => cell.Weights[weight]).ToEquatableArray(),
            Terms = terms.Select(term => cell.Terms[term])
                .Select(term => term with
                {
                    Gate = Array.IndexOf(gates, term.Gate),
                    Operand = term.Operand < 0 ? -1 : NewId(term.Operand),
                })
                .ToEquatableArray(),
            Nodes = kept.Select(id => cell.Nodes[id]).Select(node => node.Operation switch
            {
                Operation.Term => node with { Left = Array.IndexOf(terms, node.Left) },
                Operation.Weight => node with { Left = Array.IndexOf(weights, node.Left) },
                Operation.State or Operation.Constant => node,
                _ => node with { Left = NewId(node.Left), Right = node.Right < 0 ? -1 : NewId(node.Right) },
            }).ToEquatableArray(),
            Results = cell.Results.Select(NewId).ToEquatableArray(),
        };
    }

    // Terms, or weights, that reachable nodes name.
    private static IEnumerable<int> Used(CellSpec cell, int count, HashSet<int> reachable, Operation operation) =>
        Enumerable.Range(0, count).Where(index =>
            reachable.Any(id => cell.Nodes[id].Operation == operation && cell.Nodes[id].Index == index));

    private static void Visit(CellSpec cell, int id, HashSet<int> reachable)
    {
        if (!reachable.Add(id))
        {
            return;
        }

        Node node = cell.Nodes[id];
        if (node.Operation == Operation.Term)
        {
            if (cell.Terms[node.Index].Operand is >= 0 and var operand)
            {
                Visit(cell, operand, reachable);
            }
        }
        else if (!node.IsLeaf)
        {
            Visit(cell, node.Left, reachable);
            if (node.Right >= 0)
            {
                Visit(cell, node.Right, reachable);
            }
        }
    }
}
