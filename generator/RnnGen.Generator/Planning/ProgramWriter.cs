using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Turns nodes that must be stored into a program: reads what lies in memory, names what is used more than once or has
/// a name, nests the rest.
/// </summary>
/// <param name="placeOf">Where a node lies in memory, or null where the program computes it.</param>
/// <param name="seedPlaces">Where a gradient from outside arrives.</param>
/// <param name="taken">Names given so far, where several programs stand in one scope.</param>
/// <param name="atHand">The name of a value that another program has computed, or null.</param>
internal sealed class ProgramWriter(
    EquationGraph graph, Func<int, ValuePlace?> placeOf, Func<int, (ValuePlace Place, ValuePlace? Plus)> seedPlaces,
    HashSet<string>? taken = null, Func<int, string?>? atHand = null)
{
    private readonly List<(ValuePlace Place, int Node, string Name, bool Adds)> _targets = [];
    private readonly Dictionary<int, int> _uses = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly HashSet<string> _taken = taken ?? [];
    private readonly List<Load> _loads = [];
    private readonly List<Statement> _statements = [];

    public void Store(ValuePlace place, int node, string name = "", bool adds = false) =>
        _targets.Add((place, node, name, adds));

    public EquationProgram ToProgram()
    {
        foreach (var target in _targets)
        {
            CountUses(target.Node);

            // What is stored is named: the store and other users then share it.
            _uses[target.Node]++;
        }

        var stores = new List<Store>();
        foreach (var target in _targets)
        {
            Expression value = Write(target.Node, target.Name);
            string name = value.Operation is null ? value.Name : Declare(target.Name, value);
            stores.Add(new Store(target.Place, name, target.Adds));
        }

        return new EquationProgram(
            _loads.ToEquatableArray(), _statements.ToEquatableArray(), stores.ToEquatableArray());
    }

    private void CountUses(int id)
    {
        _uses[id] = _uses.TryGetValue(id, out int uses) ? uses + 1 : 1;
        if (_uses[id] > 1 || graph[id].IsLeaf || placeOf(id) is not null || atHand?.Invoke(id) is not null)
        {
            return;
        }

        CountUses(graph[id].Left);
        if (graph[id].Right >= 0)
        {
            CountUses(graph[id].Right);
        }
    }

    private Expression Write(int id, string preferredName = "")
    {
        if (_names.TryGetValue(id, out string? known) || (known = atHand?.Invoke(id)) is not null)
        {
            return Expression.Of(known);
        }

        Node node = graph[id];
        if (node.Operation == Operation.Constant)
        {
            return Expression.Of(node.Value);
        }

        if (placeOf(id) is { } place)
        {
            return Read(id, place, null);
        }

        if (node.Operation == Operation.Gradient)
        {
            (ValuePlace first, ValuePlace? plus) = seedPlaces(node.Index);
            return Read(id, first, plus);
        }

        var value = new Expression(
            node.Operation, Write(node.Left), node.Right < 0 ? null : Write(node.Right), 0, node.Function);
        if (node.Name.Length == 0 && _uses[id] < 2)
        {
            return value;
        }

        return Expression.Of(_names[id] = Declare(node.Name.Length > 0 ? node.Name : preferredName, value));
    }

    private Expression Read(int id, ValuePlace place, ValuePlace? plus)
    {
        string name = Unique(graph[id].Name);
        _loads.Add(new Load(name, place, plus));
        return Expression.Of(_names[id] = name);
    }

    private string Declare(string name, Expression value)
    {
        name = Unique(name);
        _statements.Add(new Statement(name, value));
        return name;
    }

    private string Unique(string name)
    {
        string stem = name.Length > 0 ? name : "value";
        string candidate = stem;
        for (int number = 2; !_taken.Add(candidate); number++)
        {
            candidate = stem + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return candidate;
    }
}
