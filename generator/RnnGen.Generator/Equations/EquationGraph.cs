using RnnGen.Generator.Model;

namespace RnnGen.Generator.Equations;

/// <summary>
/// A growing graph of equations in which equal expressions are one node. Simplifies as it grows, so that
/// derivatives come out as a person would write them.
/// </summary>
internal sealed class EquationGraph
{
    private readonly List<Node> _nodes = [];
    private readonly List<bool> _arePerRow = [];
    private readonly Dictionary<(Operation, string, int, int, double), int> _known = [];

    public EquationGraph()
    {
    }

    public EquationGraph(IEnumerable<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            _known[Key(node)] = _nodes.Count;
            Add(node);
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

    /// <summary>The sum of some nodes, in which equal ones are counted; 0 for none.</summary>
    public int Sum(IEnumerable<int> addends)
    {
        int sum = Constant(0);
        foreach (IGrouping<int, int> equal in addends.GroupBy(addend => addend))
        {
            int count = equal.Count();
            sum = Apply(
                Operation.Add, sum,
                count == 1 ? equal.Key : Apply(Operation.Multiply, Constant(count), equal.Key));
        }

        return sum;
    }

    /// <summary>Whether a value is the same number in every unit of a row: it is made of means and numbers.</summary>
    public bool IsPerRow(int id) => _arePerRow[id];

    /// <summary>Whether a value is a factor that means do not see: a number, or one of the whole row.</summary>
    public bool IsConstantInRow(int id) => _arePerRow[id] || _nodes[id].Operation == Operation.Constant;

    public bool IsConstant(int id, double value) =>
        _nodes[id].Operation == Operation.Constant && _nodes[id].Value == value;

    private int Node(Node node)
    {
        if (_known.TryGetValue(Key(node), out int known))
        {
            return known;
        }

        Add(node);
        return _known[Key(node)] = _nodes.Count - 1;
    }

    private void Add(Node node)
    {
        _arePerRow.Add(node.Operation == Operation.Mean
            || (!node.IsLeaf && IsConstantInRow(node.Left) && (!node.IsBinary || IsConstantInRow(node.Right))
                && (_arePerRow[node.Left] || (node.IsBinary && _arePerRow[node.Right]))));
        _nodes.Add(node);
    }

    private static (Operation, string, int, int, double) Key(Node node) =>
        (node.Operation, node.Function, node.Left, node.Right, node.Value);
}
