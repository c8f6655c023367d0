using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>
/// A growing graph of equations in which equal expressions are one node. Simplifies as it grows, so that
/// derivatives come out as a person would write them.
/// </summary>
internal sealed class EquationGraph
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<(Operation, string, int, int, double), int> _known = [];

    public EquationGraph()
    {
    }

    public EquationGraph(IEnumerable<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            _known[Key(node)] = _nodes.Count;
            _nodes.Add(node);
        }
    }

    public int Count => _nodes.Count;

    public IReadOnlyList<Node> Nodes => _nodes;

    public Node this[int id] => _nodes[id];

    /// <summary>Gives a value its name; the first name stays.</summary>
    public void Name(int id, string name)
    {
        if (_nodes[id].Name.Length == 0 && _nodes[id].Operation != Operation.Constant)
        {
            _nodes[id] = _nodes[id] with { Name = name };
        }
    }

    public int Leaf(Operation operation, int index, string name) => Node(new Node(operation, index, -1, 0, name));

    public int Constant(double value) => Node(new Node(Operation.Constant, -1, -1, value, ""));

    public int Apply(Operation operation, int left, int right = -1) =>
        Simplify.Try(this, operation, left, right) ?? Node(new Node(operation, left, right, 0, ""));

    /// <summary>A function of one operand or two.</summary>
    public int Call(string function, int left, int right = -1) =>
        Node(new Node(Operation.Call, left, right, 0, "") { Function = function });

    /// <summary>The sum of some nodes; 0 for none.</summary>
    public int Sum(IEnumerable<int> addends)
    {
        int sum = Constant(0);
        foreach (int addend in addends)
        {
            sum = Apply(Operation.Add, sum, addend);
        }

        return sum;
    }

    public bool IsConstant(int id, double value) =>
        _nodes[id].Operation == Operation.Constant && _nodes[id].Value == value;

    private int Node(Node node)
    {
        if (_known.TryGetValue(Key(node), out int known))
        {
            return known;
        }

        _nodes.Add(node);
        return _known[Key(node)] = _nodes.Count - 1;
    }

    private static (Operation, string, int, int, double) Key(Node node) =>
        (node.Operation, node.Function, node.Left, node.Right, node.Value);
}
