using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Cuts equations with means into the stages of a <see cref="RowProgram"/>.</summary>
/// <param name="placeOf">Where a node lies in memory, or null where the program computes it.</param>
/// <param name="seedPlace">Where the gradient from outside arrives.</param>
internal sealed class RowProgramWriter(
    EquationGraph graph, Func<int, ValuePlace?> placeOf, ValuePlace seedPlace)
{
    private readonly List<(ValuePlace Place, int Node, string Name)> _targets = [];
    private readonly Dictionary<int, int> _stages = [];
    private readonly List<int> _means = [];

    // Values of a row that its units use, or that a later stage does, and what they are called once they are computed.
    private readonly SortedSet<int> _shared = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly HashSet<string> _taken = [];

    /// <summary>Says what is wanted: of every unit, or, in a <see cref="ValueKind.Kept"/> place, of the row.</summary>
    public void Store(ValuePlace place, int node, string name) => _targets.Add((place, node, name));

    public RowProgram ToProgram()
    {
        foreach ((ValuePlace place, int node, _) in _targets)
        {
            Visit(node);
            Share(node, place.Kind != ValueKind.Kept);
        }

        int last = _stages.Values.DefaultIfEmpty(0).Max();
        return new RowProgram(Enumerable.Range(0, last + 1)
            .Select(stage => new RowStage(PerRow(stage), PerUnit(stage, last)))
            .ToEquatableArray());
    }

    // The stage in which a node can be computed.
    private int Visit(int id)
    {
        if (_stages.TryGetValue(id, out int known))
        {
            return known;
        }

        Node node = graph[id];
        if (node.IsLeaf || placeOf(id) is not null)
        {
            return _stages[id] = 0;
        }

        int stage = Math.Max(Visit(node.Left), node.IsBinary ? Visit(node.Right) : 0);
        if (node.Operation == Operation.Mean)
        {
            string operand = graph[node.Left].Name;
            graph.Name(id, operand.Length == 0 ? "mean" : "mean" + CellNames.Capitalized(operand));
            _means.Add(id);
            return _stages[id] = stage + 1;
        }

        ShareOperand(node.Left);
        if (node.IsBinary)
        {
            ShareOperand(node.Right);
        }

        return _stages[id] = stage;

        void ShareOperand(int operand) => Share(operand, !graph.IsPerRow(id) || _stages[operand] < stage);
    }

    private void Share(int id, bool isUsedElsewhere)
    {
        if (isUsedElsewhere && graph.IsPerRow(id))
        {
            _shared.Add(id);
        }
    }

    private EquationProgram PerRow(int stage)
    {
        ValuePlace? Place(int id) => placeOf(id)
            ?? (_stages[id] == stage && _means.IndexOf(id) is >= 0 and var mean
                ? new ValuePlace(ValueKind.Mean, mean)
                : null);
        var writer = new ProgramWriter(graph, Place, _ => (seedPlace, null), _taken, NameOf);
        int[] shared = [.. _shared.Where(id => _stages[id] == stage)];
        foreach (int id in shared)
        {
            writer.Store(new ValuePlace(ValueKind.OfRow, id), id, "factor");
        }

        foreach ((ValuePlace place, int node, string name) in _targets)
        {
            if (place.Kind == ValueKind.Kept && _stages[node] == stage)
            {
                writer.Store(place, node, name);
            }
        }

        EquationProgram program = writer.ToProgram();
        foreach (Store store in program.Stores.Where(store => store.Place.Kind == ValueKind.OfRow))
        {
            _names[store.Place.Index] = store.Name;
        }

        return program;
    }

    private EquationProgram PerUnit(int stage, int last)
    {
        var writer = new ProgramWriter(graph, placeOf, _ => (seedPlace, null), [.. _taken], NameOf);
        for (int mean = 0; mean < _means.Count; mean++)
        {
            if (_stages[_means[mean]] == stage + 1)
            {
                writer.Store(new ValuePlace(ValueKind.Mean, mean), graph[_means[mean]].Left, "addend", adds: true);
            }
        }

        foreach ((ValuePlace place, int node, string name) in _targets)
        {
            if (stage == last && place.Kind != ValueKind.Kept)
            {
                writer.Store(place, node, name);
            }
        }

        return writer.ToProgram();
    }

    private string? NameOf(int id) => _names.TryGetValue(id, out string? name) ? name : null;
}
