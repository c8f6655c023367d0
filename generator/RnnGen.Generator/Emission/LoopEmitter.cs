using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits a way through time. Each worker follows its own sequences through all steps, so no step waits for another
/// worker; sequences that have ended simply drop out of the rows.
/// </summary>
internal sealed class LoopEmitter(CodeWriter code, EmissionContext context, LoopOperation operation)
    : OperationEmitter(code, context)
{
    private readonly LoopPlan _loop = operation.Loop;

    // A step backward runs against the loop's own direction.
    private bool RunsFromEnd => _loop.IsReverse != operation.IsBackward;

    public void Emit()
    {
        EmitLoop();
        foreach (LoopBlock block in _loop.Blocks(operation.IsBackward))
        {
            if (block is CellBlock { Cell: var cell })
            {
                new CellEmitter(Code, Context, cell, Step(cell), operation.IsBackward).Emit();
            }
            else if (block is RowBlock rows)
            {
                var emitter = new PassEmitter(Code, Context);
                foreach (RowOperation row in rows.Operations)
                {
                    emitter.Emit(row);
                }
            }
        }
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
                bool isFirst = true;
                foreach (LoopBlock block in _loop.Blocks(operation.IsBackward))
                {
                    if (block is CellBlock && !isFirst)
                    {
                        Code.Line();
                    }

                    isFirst = false;
                    EmitCalls(block);
                }
            }
        }
    }

    private void EmitCalls(LoopBlock block)
    {
        switch (block)
        {
            case CellBlock { Cell: { IsReverse: true } cell }:
                EmitReverseCalls(cell);
                break;
            case CellBlock { Cell: var cell }:
                if (cell == _loop.Blocks(operation.IsBackward).OfType<CellBlock>().First().Cell)
                {
                    Code.Line($"int before = t == 0 ? 0 : {Context.Plan.Batch} + pass.StepOffset[t - 1];");
                }

                Code.Line($"{Step(cell)}(pass, rows, first, row, before + first{CellEmitter.Turn(cell)});");
                break;
            case RowBlock rows:
                foreach (RowOperation row in rows.Operations)
                {
                    Code.Line();
                    Code.Comment(row.Comment);
                    Code.Line($"{row.Method}(pass, row, row + rows);");
                }

                break;
        }
    }

    // Of several cells each has a step of its own.
    private string Step(RecurrencePlan cell) => _loop.Cells.Count() == 1
        ? $"{operation.Method}Step"
        : $"{operation.Method}{cell.Name}Step";

    private void EmitReverseCalls(RecurrencePlan cell)
    {
        string turn = CellEmitter.Turn(cell);
        Code.Comment(
            "Sequences that go on at the next step come from there; the others start here, from the initial rows.");
        Code.Line("int going = t + 1 < pass.Steps ? Math.Max(0, Math.Min(end, pass.StepRows[t + 1]) - first) : 0;");
        using (Code.Block("if (going > 0)"))
        {
            Code.Line($"int before = {Context.Plan.Batch} + pass.StepOffset[t + 1];");
            Code.Line($"{Step(cell)}(pass, going, first, row, before + first{turn});");
        }

        Code.Line();
        using (Code.Block("if (going < rows)"))
        {
            Code.Line($"{Step(cell)}(pass, rows - going, first + going, row + going, first + going{turn});");
        }
    }

    private void EmitClearCarried()
    {
        foreach (StatePlan state in _loop.Cells.SelectMany(cell => cell.States)
            .Where(state => !operation.Given.Contains(state.Gradient.Start)))
        {
            RowBuffer rows = state.Gradient;
            if (state.IsProjected)
            {
                // One direction's part of each row.
                using (Code.Block("for (int i = first; i < end; i++)"))
                {
                    Code.Line($"new Span<{Number}>(");
                    Code.Line($"    {Place(rows.Start)} + ((nint)i * {rows.Stride}), {rows.SegmentStride}).Clear();");
                }

                Code.Line();
                continue;
            }

            EmitClear(rows);
        }

        foreach (RowBuffer rows in _loop.Carried)
        {
            EmitClear(rows);
        }
    }

    private void EmitClear(RowBuffer rows)
    {
        Code.Line($"new Span<{Number}>(");
        Code.Line($"    {Place(rows.Start)} + ((nint)first * {rows.Stride}),");
        Code.Line($"    (end - first) * {rows.Stride}).Clear();");
    }
}
