using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits a recurrent layer's way through time. Each worker follows its own sequences through all steps, so no step
/// waits for another worker; sequences that have ended simply drop out of the rows.
/// </summary>
internal sealed partial class RecurrenceEmitter(CodeWriter code, EmissionContext context, Recurrence operation)
    : OperationEmitter(code, context)
{
    private readonly RecurrencePlan _layer = operation.Layer;

    private NamedNumber Stride => _layer.Gates.RowStride;

    // A step backward runs against the layer's own direction.
    private bool RunsFromEnd => _layer.IsReverse != operation.IsBackward;

    public void Emit()
    {
        EmitLoop();
        EmitStep();
    }

    private void EmitLoop()
    {
        using (Method(operation))
        {
            Code.Line("int first = RowRun.FirstSequence(pass, worker, team.Workers);");
            Code.Line("int end = RowRun.FirstSequence(pass, worker + 1, team.Workers);");
            if (operation.IsBackward)
            {
                EmitClearCarried();
            }

            string head = RunsFromEnd ? "for (int t = pass.Steps - 1; t >= 0; t--)"
                : "for (int t = 0; t < pass.Steps; t++)";
            using (Code.Block(head))
            {
                Code.Line("int rows = Math.Min(end, pass.StepRows[t]) - first;");
                using (Code.Block("if (rows <= 0)"))
                {
                    Code.Line(RunsFromEnd ? "continue;" : "break;");
                }

                Code.Line();
                Code.Line("int row = pass.StepOffset[t] + first;");
                if (_layer.IsReverse)
                {
                    EmitReverseCalls();
                }
                else
                {
                    Code.Line($"int before = t == 0 ? 0 : {Context.Plan.Batch} + pass.StepOffset[t - 1];");
                    Code.Line($"{operation.Method}Step(pass, rows, first, row, before + first{Turn});");
                }
            }
        }
    }

    private void EmitReverseCalls()
    {
        Code.Comment(
            "Sequences that go on at the next step come from there; the others start here, from the initial rows.");
        Code.Line("int going = t + 1 < pass.Steps ? Math.Max(0, Math.Min(end, pass.StepRows[t + 1]) - first) : 0;");
        using (Code.Block("if (going > 0)"))
        {
            Code.Line($"int before = {Context.Plan.Batch} + pass.StepOffset[t + 1];");
            Code.Line($"{operation.Method}Step(pass, going, first, row, before + first{Turn});");
        }

        Code.Line();
        using (Code.Block("if (going < rows)"))
        {
            Code.Line(
                $"{operation.Method}Step(pass, rows - going, first + going, row + going, first + going{Turn});");
        }
    }

    private void EmitClearCarried()
    {
        foreach (RowBuffer rows in _layer.States.Select(state => state.Gradient))
        {
            Code.Line($"new Span<{Number}>(");
            Code.Line($"    {Place(rows.Start)} + ((nint)first * {rows.Stride}),");
            Code.Line($"    (end - first) * {rows.Stride}).Clear();");
        }
    }

    private void EmitStep()
    {
        Code.Line();
        Code.Summary(operation.IsBackward ? "One step back, for some sequences." : "One step, for some sequences.");
        Code.Comment("first: first sequence; row: its packed row at this step; before: the row that it goes on from,");
        Code.Comment(_layer.Groups > 1
            ? "counted from the initial rows; fro: weights are walked from their end, as they lie in the cache then."
            : "counted from the initial rows.");
        Code.Line("[MethodImpl(Kernel)]");
        using (Code.Block(
            $"private static void {operation.Method}Step(\n"
                + $"    in Pass<{Number}> pass, int rows, int first, nint row, nint before{TurnParameter})"))
        {
            if (operation.IsBackward)
            {
                EmitBackward();
            }
            else
            {
                EmitForward();
            }
        }
    }

    private string Group => _layer.Groups == 1 ? "0" : "group";

    private string Turn => _layer.Groups > 1 ? ", fro: (t & 1) != 0" : "";

    private string TurnParameter => _layer.Groups > 1 ? ", bool fro" : "";

    // A loop over the groups of units; where there is one group, a scope if its variables come again.
    private IDisposable? EachGroup(bool needsScope) =>
        _layer.Groups > 1 ? EachToAndFro("group", _layer.Groups)
        : needsScope ? Code.Scope()
        : null;

    // Every other step from the last to the first: weights that were read last are still in the cache.
    private IDisposable EachToAndFro(string index, int count)
    {
        IDisposable block = Code.Block($"for (int i = 0; i < {count}; i++)");
        Code.Line($"int {index} = fro ? {count - 1} - i : i;");
        return block;
    }

    private (string Start, NamedNumber Stride) OperandRows(int operand)
    {
        int state = _layer.Cell.Operands[operand].State;
        RowBuffer rows = state >= 0 ? _layer.States[state].Initial : _layer.Operands[operand].Rows!;
        string index = state >= 0 ? "before" : "row";
        return ($"{Place(rows.Start)} + ({index} * {rows.Stride})", rows.Stride);
    }

    private string Gates(string group, string row) => group == "0"
        ? $"{Place(_layer.Gates.Start)} + ({row} * {Stride})"
        : $"{Place(_layer.Gates.Start)}{At(group, _layer.Gates.GroupStride)} + ({row} * {Stride})";
}
