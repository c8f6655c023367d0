using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Decides where values live that one program computes and another reads: in the slot of a term that has served its
/// purpose, in a state, or in a buffer of their own. Sums and products are computed again rather than kept.
/// </summary>
internal sealed class CellStorage
{
    private readonly CellSpec _cell;
    private readonly EquationGraph _graph;
    private readonly int[] _termOrder;
    private readonly BackwardTargets _targets;
    private readonly List<string> _savedNames = [];

    private CellStorage(CellSpec cell, EquationGraph graph, int[] termOrder, BackwardTargets targets)
    {
        (_cell, _graph, _termOrder, _targets) = (cell, graph, termOrder, targets);
    }

    /// <summary>Forward nodes that are kept, and where.</summary>
    public Dictionary<int, ValuePlace> Places { get; } = [];

    /// <summary>Gradients arriving in the first pass that later passes read too, and where they are kept.</summary>
    public Dictionary<int, ValuePlace> KeptSeeds { get; } = [];

    public EquatableArray<string> SavedNames => _savedNames.ToEquatableArray();

    public static CellStorage Assign(
        CellSpec cell, EquationGraph graph, int[] termOrder, Func<int, int> stageOf, BackwardTargets targets)
    {
        var storage = new CellStorage(cell, graph, termOrder, targets);
        Dictionary<int, int> lastReaders = storage.FindReaders(stageOf);
        var takenSlots = new HashSet<int>();

        // Terms read raw by another program stay where they are; then every other value takes the slot of its own term.
        foreach (
            int node in lastReaders.Keys.OrderByDescending(node => graph[node].Operation == Operation.Term).ThenBy(
            node => node))
        {
            int slot = storage.FindSlot(node, lastReaders[node], takenSlots);
            storage.Places[node] = slot >= 0 && takenSlots.Add(slot)
                ? new ValuePlace(ValueKind.Slot, slot)
                : storage.NewBuffer(graph[node].Name);
        }

        foreach (int seed in storage.LateSeeds())
        {
            storage.KeptSeeds[seed] = storage.NewBuffer(graph[seed].Name);
        }

        return storage;
    }

    public ValuePlace SlotOf(int term) => new(ValueKind.Slot, Array.IndexOf(_termOrder, term));

    /// <summary>Where a backward pass reads a node, or null where it computes it.</summary>
    public ValuePlace? BackwardPlace(int id, int pass)
    {
        Node node = _graph[id];
        if (pass > 0 && KeptSeeds.TryGetValue(id, out ValuePlace seed))
        {
            return seed;
        }

        return node.Operation switch
        {
            Operation.State => new ValuePlace(ValueKind.OldState, node.Index),
            Operation.Weight => new ValuePlace(ValueKind.Weight, node.Index),
            _ when ResultIndex(id) is >= 0 and var state => new ValuePlace(ValueKind.NewState, state),
            _ => Places.TryGetValue(id, out ValuePlace place) ? place : null,
        };
    }

    private int ResultIndex(int id)
    {
        for (int state = 0; state < _cell.Results.Count; state++)
        {
            if (_cell.Results[state] == id)
            {
                return state;
            }
        }

        return -1;
    }

    // For each value that must be kept, the last backward pass that reads it, or -1 where only a later stage does.
    private Dictionary<int, int> FindReaders(Func<int, int> stageOf)
    {
        var readers = new Dictionary<int, int>();
        IEnumerable<int> forwardTargets = _cell.Results.Concat(
            _cell.Terms.Select(term => term.Operand).Where(id => id >= 0));
        int lastStage = forwardTargets.Max(stageOf);
        foreach (int result in _cell.Results)
        {
            VisitForward(result, lastStage, stageOf, readers);
        }

        for (int stage = 1; stage <= lastStage; stage++)
        {
            foreach (int target in forwardTargets.Where(target => stageOf(target) == stage))
            {
                VisitForward(target, stage, stageOf, readers);
            }
        }

        foreach (BackwardTarget target in _targets.All)
        {
            VisitBackward(target.Node, target.Pass, readers);
        }

        // A value that is kept for the backward pass but computed from an earlier stage's values needs those as well.
        foreach (int kept in readers.Keys.ToArray())
        {
            VisitForward(kept, stageOf(kept), stageOf, readers);
        }

        return readers;
    }

    private void VisitForward(int id, int stage, Func<int, int> stageOf, Dictionary<int, int> readers)
    {
        Node node = _graph[id];
        if (IsFunctionOrTerm(node) && stageOf(id) < stage)
        {
            readers[id] = readers.TryGetValue(id, out int pass) ? pass : -1;
        }
        else if (!node.IsLeaf)
        {
            VisitForward(node.Left, stage, stageOf, readers);
            if (node.Right >= 0)
            {
                VisitForward(node.Right, stage, stageOf, readers);
            }
        }
    }

    private void VisitBackward(int id, int pass, Dictionary<int, int> readers)
    {
        Node node = _graph[id];
        if (ResultIndex(id) >= 0)
        {
            return;
        }

        if (IsFunctionOrTerm(node))
        {
            readers[id] = readers.TryGetValue(id, out int known) ? Math.Max(known, pass) : pass;
        }
        else if (!node.IsLeaf)
        {
            VisitBackward(node.Left, pass, readers);
            if (node.Right >= 0)
            {
                VisitBackward(node.Right, pass, readers);
            }
        }
    }

    private static bool IsFunctionOrTerm(Node node) =>
        node.Operation == Operation.Term
        || (node.Operation == Operation.Call && !FunctionTable.Of(node.Function).IsInstruction);

    // The slot of a term below the node, unless a pass writes that term's gradient while the node is still to be read.
    private int FindSlot(int node, int lastReader, HashSet<int> taken)
    {
        foreach (int term in TermsBelow(node))
        {
            int slot = Array.IndexOf(_termOrder, term);
            int written = _targets.All.First(target => target.Place == new ValuePlace(ValueKind.Slot, slot)).Pass;
            bool termItselfNeeded = _graph[node].Operation != Operation.Term && Places.Any(
                place => place.Value == new ValuePlace(ValueKind.Slot, slot));
            if (!taken.Contains(slot) && !termItselfNeeded && lastReader <= written)
            {
                return slot;
            }
        }

        return -1;
    }

    private IEnumerable<int> TermsBelow(int id)
    {
        Node node = _graph[id];
        if (node.Operation == Operation.Term)
        {
            return [node.Index];
        }

        if (node.IsLeaf || (Places.ContainsKey(id) && _graph[id].Operation != Operation.Term))
        {
            return [];
        }

        IEnumerable<int> left = TermsBelow(node.Left);
        return node.Right < 0 ? left : left.Concat(TermsBelow(node.Right));
    }

    private IEnumerable<int> LateSeeds()
    {
        var late = new SortedSet<int>();
        foreach (BackwardTarget target in _targets.All.Where(target => target.Pass > 0))
        {
            VisitSeeds(target.Node, late);
        }

        return late;
    }

    private void VisitSeeds(int id, SortedSet<int> late)
    {
        Node node = _graph[id];
        if (node.Operation == Operation.Gradient)
        {
            if (node.Index < _cell.States.Count)
            {
                late.Add(id);
            }
        }
        else if (!node.IsLeaf)
        {
            VisitSeeds(node.Left, late);
            if (node.Right >= 0)
            {
                VisitSeeds(node.Right, late);
            }
        }
    }

    private ValuePlace NewBuffer(string name)
    {
        _savedNames.Add(name.Length > 0 ? name : "value" + _savedNames.Count);
        return new ValuePlace(ValueKind.Saved, _savedNames.Count - 1);
    }
}
