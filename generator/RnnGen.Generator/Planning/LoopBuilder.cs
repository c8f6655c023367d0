using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Collects what the layers between its beginning and its end do at every step of a way through time. Gradients of
/// weights are added up once all steps are there.
/// </summary>
/// <param name="axis">The axis that it follows.</param>
internal sealed class LoopBuilder(int axis)
{
    private readonly List<Item> _forward = [];
    private readonly List<List<Item>> _backward = [[]];
    private readonly List<SumOperation> _sums = [];
    private readonly HashSet<string> _rows = [];
    private readonly List<RowBuffer> _carried = [];

    /// <summary>The axis that it follows.</summary>
    public int Axis => axis;

    /// <summary>What is added up after the steps back.</summary>
    public IEnumerable<SumOperation> Sums => _sums;

    /// <summary>What runs back before the steps.</summary>
    public List<PassOperation> Before { get; } = [];

    /// <summary>Notes that rows are made within a step.</summary>
    public void Own(string rows) => _rows.Add(rows);

    /// <summary>Whether rows are made within a step, and not before all of them.</summary>
    public bool Owns(RowBuffer rows) => _rows.Contains(rows.Start.Name);

    /// <summary>Notes that a gradient is handed from step to step.</summary>
    public void Carry(RowBuffer gradient) => _carried.Add(gradient);

    public void BeginBackward() => _backward.Add([]);

    public void AddForward(RowOperation operation) => _forward.Add(new(InStep(operation), null));

    public void AddForward(RecurrencePlan cell)
    {
        _forward.Add(new(null, cell));
        if (cell.Projection is { } projection)
        {
            _forward.Add(new(projection.Forward, null));
        }
    }

    public void AddBackward(RowOperation operation) =>
        _backward[_backward.Count - 1].Add(new(InStep(operation), null));

    public void AddBackward(RecurrencePlan cell)
    {
        List<Item> backward = _backward[_backward.Count - 1];
        if (cell.Projection is { } projection)
        {
            backward.Add(new(projection.Backward, null));
        }

        backward.Add(new(null, cell));
    }

    public void AddSum(SumOperation operation) => _sums.Add(operation);

    public LoopPlan ToPlan() => new(
        IsReverse: false, Blocks(_forward), Blocks(Enumerable.Reverse(_backward).SelectMany(group => group)))
    {
        Carried = _carried.ToEquatableArray(),
    };

    private static RowOperation InStep(RowOperation operation) => operation.Range == RowKind.PerStep
        ? operation
        : throw new InvalidOperationException($"{operation.Method} has no rows of a step.");

    // Neighbours that work on rows are one block.
    private static EquatableArray<LoopBlock> Blocks(IEnumerable<Item> items)
    {
        var blocks = new List<LoopBlock>();
        var rows = new List<RowOperation>();
        foreach (Item item in items)
        {
            if (item.Operation is { } operation)
            {
                rows.Add(operation);
                continue;
            }

            EndRows();
            blocks.Add(new CellBlock(item.Cell!));
        }

        EndRows();
        return blocks.ToEquatableArray();

        void EndRows()
        {
            if (rows.Count > 0)
            {
                blocks.Add(new RowBlock(rows.ToEquatableArray()));
                rows.Clear();
            }
        }
    }

    private readonly record struct Item(RowOperation? Operation, RecurrencePlan? Cell);
}
