using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Cuts a cell's equations into stages of matrix products and pointwise programs, and derives the backward passes.
/// A gate applied to an expression of other gates belongs to a later stage than they do.
/// </summary>
internal sealed class CellPlanner
{
    private readonly CellSpec _cell;
    private readonly EquationGraph _graph;
    private readonly int _forwardCount;
    private readonly int[] _operandNodes;
    private readonly int[] _termOrder;

    // Nodes of the graph after differentiation: the stage or pass at which they can be computed.
    private readonly Dictionary<int, int> _stages = [];
    private readonly Dictionary<int, int> _passes = [];

    private readonly bool _isProjected;

    private CellPlanner(CellSpec cell, bool isProjected)
    {
        _cell = cell;
        _isProjected = isProjected;
        _graph = new EquationGraph(cell.Nodes);
        _forwardCount = _graph.Count;
        _operandNodes = [.. cell.Terms.Select(term => term.Operand).Where(operand => operand >= 0).Distinct().OrderBy(
            Stage)];
        _termOrder = SlotOrder.Of(cell);
    }

    /// <param name="isProjected">
    /// What becomes of the first result is the affair of a projection: the equations' own gradient of it is whole.
    /// </param>
    public static CellPlan Plan(CellSpec cell, bool isProjected = false) => new CellPlanner(cell, isProjected).Plan();

    private CellPlan Plan()
    {
        CellNames.NameTerms(_cell, _graph);
        CellNames.NameOperands(_graph, _operandNodes);
        BackwardTargets targets = Differentiate();
        CellNames.NameGradients(_cell, _graph, targets.Terms);
        var storage = CellStorage.Assign(_cell, _graph, _termOrder, Stage, targets);
        int stages = 1 + _cell.Results.Concat(_operandNodes).Max(Stage);
        int passes = 1 + targets.All.Select(target => target.Pass).DefaultIfEmpty(0).Max();
        return new CellPlan
        {
            Name = _cell.Name,
            States = _cell.States,
            Slots = _termOrder.Select(Slot).ToEquatableArray(),
            Operands = _operandNodes.Select(node => Operand(node, targets)).ToEquatableArray(),
            Saved = storage.SavedNames,
            Forward = Enumerable.Range(0, stages).Select(stage => ForwardProgram(stage, stages, storage))
                .ToEquatableArray(),
            Backward = Enumerable.Range(0, passes).Select(pass => BackwardProgram(pass, targets, storage))
                .ToEquatableArray(),
            MayFailAtZero = _graph.Nodes.Any(node => node.Operation == Operation.Divide
                && _graph[node.Right].Operation != Operation.Constant),
            StateGradientStarted = Enumerable.Range(0, _cell.States.Count)
                .Select(
                    state => targets.All.Any(target => target.Place == new ValuePlace(ValueKind.StateGradient, state)))
                .ToEquatableArray(),
        };
    }

    private SlotPlan Slot(int term)
    {
        TermSpec spec = _cell.Terms[term];
        return new SlotPlan(
            CellNames.Term(_cell, term), spec.Gate, spec.HasInput, spec.Operand < 0 ? -1 : Array.IndexOf(
                _operandNodes, spec.Operand), TermStage(term));
    }

    private OperandPlan Operand(int node, BackwardTargets targets) => new(
        _graph[node].Name,
        _graph[node].Operation == Operation.State ? _graph[node].Index : -1,
        _graph[node].Operation == Operation.State ? 0 : Stage(node) + 1,
        targets.OperandPasses.TryGetValue(node, out int pass) ? pass : 0);

    /// <summary>The stage whose program can compute a forward node.</summary>
    private int Stage(int id)
    {
        if (_stages.TryGetValue(id, out int known))
        {
            return known;
        }

        Node node = _graph[id];
        return _stages[id] = node.Operation switch
        {
            Operation.Term => TermStage(node.Index),
            _ when node.IsLeaf => 0,
            _ => Math.Max(Stage(node.Left), node.Right < 0 ? 0 : Stage(node.Right)),
        };
    }

    private int TermStage(int term)
    {
        int operand = _cell.Terms[term].Operand;
        return operand < 0 || _graph[operand].Operation == Operation.State ? 0 : Stage(operand) + 1;
    }

    private BackwardTargets Differentiate()
    {
        var seeds = _cell.Results
            .Select((node, state) => (node, _graph.Leaf(Operation.Gradient, state, SeedName(state))))
            .ToArray();
        var operandPasses = new Dictionary<int, int>();
        Gradients gradients = Backpropagation.Differentiate(
            _graph, seeds, (found, node) => OperandGradient(found, node, operandPasses));
        var all = new List<BackwardTarget>();
        foreach (KeyValuePair<int, int> term in gradients.OfTerm)
        {
            all.Add(
                new BackwardTarget(
                new ValuePlace(ValueKind.Slot, Array.IndexOf(_termOrder, term.Key)), term.Value, Pass(term.Value)));
        }

        for (int id = 0; id < _forwardCount; id++)
        {
            if (_graph[id].Operation == Operation.State)
            {
                all.AddRange(StateTargets(_graph[id].Index, gradients.Addends(id)));
            }
            else if (_graph[id].Operation == Operation.Weight)
            {
                int sum = _graph.Sum(gradients.Addends(id));
                all.Add(new BackwardTarget(new ValuePlace(ValueKind.WeightGradient, _graph[id].Index), sum, Pass(sum)));
            }
        }

        return new BackwardTargets(all, gradients.OfTerm, operandPasses);
    }

    // The parts of a state's gradient are written as early as possible: what they need may be overwritten later.
    private IEnumerable<BackwardTarget> StateTargets(int state, IReadOnlyList<int> addends) => addends
        .GroupBy(Pass)
        .OrderBy(group => group.Key)
        .Select(
            group => new BackwardTarget(new ValuePlace(ValueKind.StateGradient, state), _graph.Sum(group), group.Key));

    private int OperandGradient(Gradients gradients, int node, Dictionary<int, int> operandPasses)
    {
        int operand = Array.IndexOf(_operandNodes, node);
        if (operand < 0 || _graph[node].Operation == Operation.State)
        {
            return -1;
        }

        operandPasses[node] = 1 + Enumerable.Range(0, _cell.Terms.Count)
            .Where(term => _cell.Terms[term].Operand == node && gradients.OfTerm.ContainsKey(term))
            .Max(term => Pass(gradients.OfTerm[term]));
        int gradient = _graph.Leaf(
            Operation.Gradient, _cell.States.Count + operand, Backpropagation.GradientName(_graph[node].Name));
        _passes[gradient] = operandPasses[node];
        return gradient;
    }

    /// <summary>The backward pass that can compute a node: pass p + 1 reads what products make of pass p's
    /// results.</summary>
    private int Pass(int id)
    {
        if (_passes.TryGetValue(id, out int known))
        {
            return known;
        }

        Node node = _graph[id];
        return _passes[id] = node.IsLeaf ? 0 : Math.Max(Pass(node.Left), node.Right < 0 ? 0 : Pass(node.Right));
    }

    // The output's gradient is whole when it arrives, unless other results are computed from it.
    private string SeedName(int state) =>
        Backpropagation.GradientName(ResultName(state)) + (state == 0 ? "" : "Carried");

    private string ResultName(int state) =>
        _graph[_cell.Results[state]].Name is { Length: > 0 } name ? name : "new" + CellNames.Capitalized(
            _cell.States[state]);

    private EquationProgram ForwardProgram(int stage, int stages, CellStorage storage)
    {
        var writer = new ProgramWriter(_graph, id => ForwardPlace(id, stage, storage), SeedPlaces);
        foreach (KeyValuePair<int, ValuePlace> stored in storage.Places.Where(stored => Stage(stored.Key) == stage))
        {
            // A term lies in its slot already; where that is overwritten too soon, it has a buffer of its own.
            Node node = _graph[stored.Key];
            if (node.Operation != Operation.Term || stored.Value != storage.SlotOf(node.Index))
            {
                writer.Store(stored.Value, stored.Key);
            }
        }

        for (int operand = 0; operand < _operandNodes.Length; operand++)
        {
            int node = _operandNodes[operand];
            if (_graph[node].Operation != Operation.State && Stage(node) == stage)
            {
                writer.Store(new ValuePlace(ValueKind.Operand, operand), node);
            }
        }

        if (stage == stages - 1)
        {
            for (int state = 0; state < _cell.Results.Count; state++)
            {
                writer.Store(new ValuePlace(ValueKind.NewState, state), _cell.Results[state], ResultName(state));
            }
        }

        return writer.ToProgram();
    }

    // What an earlier stage has stored is read back; a term of this stage lies in its slot.
    private ValuePlace? ForwardPlace(int id, int stage, CellStorage storage)
    {
        Node node = _graph[id];
        return node.Operation switch
        {
            Operation.Term when Stage(id) == stage => storage.SlotOf(node.Index),
            Operation.Term => storage.Places.TryGetValue(id, out ValuePlace kept) ? kept : storage.SlotOf(node.Index),
            Operation.State => new ValuePlace(ValueKind.OldState, node.Index),
            Operation.Weight => new ValuePlace(ValueKind.Weight, node.Index),
            _ => Stage(id) < stage && storage.Places.TryGetValue(id, out ValuePlace place) ? place : null,
        };
    }

    private EquationProgram BackwardProgram(int pass, BackwardTargets targets, CellStorage storage)
    {
        var writer = new ProgramWriter(_graph, id => storage.BackwardPlace(id, pass), SeedPlaces);
        foreach (KeyValuePair<int, ValuePlace> kept in storage.KeptSeeds.Where(_ => pass == 0))
        {
            writer.Store(kept.Value, kept.Key);
        }

        var started = new HashSet<ValuePlace>(
            targets.All.Where(target => target.Pass < pass).Select(target => target.Place));
        foreach (BackwardTarget target in targets.All.Where(target => target.Pass == pass))
        {
            string name = target.Place.Kind switch
            {
                ValueKind.StateGradient => Backpropagation.GradientName(_cell.States[target.Place.Index]),
                ValueKind.WeightGradient => Backpropagation.GradientName(_cell.Weights[target.Place.Index]),
                _ => Backpropagation.GradientName(CellNames.Term(_cell, _termOrder[target.Place.Index])),
            };
            writer.Store(target.Place, target.Node, name, adds: started.Contains(target.Place));
        }

        return writer.ToProgram();
    }

    // The gradient of the output arrives from the layer above and from the step after.
    private (ValuePlace Place, ValuePlace? Plus) SeedPlaces(int index)
    {
        if (index >= _cell.States.Count)
        {
            return (new ValuePlace(ValueKind.OperandGradient, index - _cell.States.Count), null);
        }

        ValuePlace carried = new(ValueKind.StateGradient, index);
        return index > 0 ? (carried, null)
            : (new ValuePlace(ValueKind.OutputGradient, 0), _isProjected ? null : carried);
    }
}

/// <summary>A gradient that a backward pass writes.</summary>
internal sealed record BackwardTarget(ValuePlace Place, int Node, int Pass);

/// <param name="Terms">The gradient of each term.</param>
/// <param name="OperandPasses">For each operand that is an expression, the pass that reads its gradient.</param>
internal sealed record BackwardTargets(
    List<BackwardTarget> All, Dictionary<int, int> Terms, Dictionary<int, int> OperandPasses);
