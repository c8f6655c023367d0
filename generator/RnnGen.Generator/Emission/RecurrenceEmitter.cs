using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits a recurrent layer's way through time. Each worker follows its own sequences through all steps, so no step waits
/// for another worker; sequences that have ended simply drop out of the rows.
/// </summary>
internal sealed class RecurrenceEmitter(CodeWriter code, EmissionContext context, Recurrence operation)
{
    private readonly RecurrencePlan _layer = operation.Layer;
    private readonly string _number = context.Number;

    private int Stride => _layer.GroupBlocks * _layer.Cell.Slots.Count * context.Lanes;

    // A step backward runs against the layer's own direction.
    private bool RunsFromEnd => _layer.IsReverse != operation.IsBackward;

    public void Emit()
    {
        EmitLoop();
        EmitStep();
    }

    private static string Text(long value) => EmissionContext.Text(value);

    private void EmitLoop()
    {
        code.Line();
        code.Summary(operation.Comment);
        using (code.Block($"private static void {operation.Method}(in Pass<{_number}> pass, WorkerTeam team, int worker)"))
        {
            code.Line("int first = RowRun.FirstSequence(pass, worker, team.Workers);");
            code.Line("int end = RowRun.FirstSequence(pass, worker + 1, team.Workers);");
            if (operation.IsBackward)
            {
                EmitClearCarried();
            }
            else if (_layer.IsReverse)
            {
                EmitClearInitial();
            }

            string head = RunsFromEnd ? "for (int t = pass.Steps - 1; t >= 0; t--)" : "for (int t = 0; t < pass.Steps; t++)";
            using (code.Block(head))
            {
                code.Line("int rows = Math.Min(end, pass.StepRows[t]) - first;");
                using (code.Block("if (rows <= 0)"))
                {
                    code.Line(RunsFromEnd ? "continue;" : "break;");
                }

                code.Line();
                code.Line("int row = pass.StepOffset[t] + first;");
                if (_layer.IsReverse)
                {
                    EmitReverseCalls();
                }
                else
                {
                    code.Line($"{operation.Method}Step(pass, rows, first, row, (t == 0 ? -{Text(context.Plan.Batch)} : pass.StepOffset[t - 1]) + first);");
                }
            }
        }
    }

    private void EmitReverseCalls()
    {
        code.Comment("Sequences that go on at the next step come from there; the others start here, from the initial rows.");
        code.Line("int going = t + 1 < pass.Steps ? Math.Max(0, Math.Min(end, pass.StepRows[t + 1]) - first) : 0;");
        using (code.Block("if (going > 0)"))
        {
            code.Line($"{operation.Method}Step(pass, going, first, row, pass.StepOffset[t + 1] + first);");
        }

        code.Line();
        using (code.Block("if (going < rows)"))
        {
            code.Line($"{operation.Method}Step(pass, rows - going, first + going, row + going, first + going - {Text(context.Plan.Batch)});");
        }
    }

    private void EmitClearCarried()
    {
        foreach (StatePlan state in _layer.States)
        {
            EmitClear(state.Gradient);
        }
    }

    private void EmitClearInitial()
    {
        foreach (StatePlan state in _layer.States)
        {
            EmitClear(state.Initial);
        }
    }

    private void EmitClear(RowBuffer rows)
    {
        string start = $"{rows.Start} + (nint)first * {Text(rows.Stride)}";
        if (rows.Segments == 1 && rows.Stride == rows.SegmentStride)
        {
            code.Line($"new Span<{_number}>({start}, (end - first) * {Text(rows.Stride)}).Clear();");
            return;
        }

        using (code.Block("for (int i = 0; i < end - first; i++)"))
        {
            code.Line($"new Span<{_number}>({start} + (nint)i * {Text(rows.Stride)}, {Text(rows.SegmentStride)}).Clear();");
        }
    }

    private void EmitStep()
    {
        code.Line();
        code.Line("/// <param name=\"first\">First sequence.</param>");
        code.Line("/// <param name=\"row\">Its packed row at this step.</param>");
        code.Line("/// <param name=\"before\">Its packed row at the step that this one goes on from; negative for initial rows.</param>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (code.Block($"private static void {operation.Method}Step(in Pass<{_number}> pass, int rows, int first, nint row, nint before)"))
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

    private void EmitForward()
    {
        for (int stage = 0; stage < _layer.Cell.Forward.Count; stage++)
        {
            if (stage > 0)
            {
                code.Line();
            }

            RecurrentProduct[] products = [.. _layer.Products.Where(product => product.Stage == stage)];
            using (code.Block($"for (int group = 0; group < {Text(_layer.Groups)}; group++)"))
            {
                code.Line($"{_number}* gates = {Gates("group", "row")};");
                foreach (RecurrentProduct product in products)
                {
                    EmitProduct(product);
                }

                EmitPointwise(_layer.Cell.Forward[stage]);
            }
        }
    }

    private void EmitProduct(RecurrentProduct product)
    {
        (string operand, int stride) = OperandRows(product.Operand);
        OperandPlan plan = _layer.Cell.Operands[product.Operand];
        string slots = string.Join(", ", Enumerable.Range(product.FirstSlot, product.Slots).Select(slot => _layer.Cell.Slots[slot].Name));
        code.Comment($"{slots} += {plan.Name}·U");
        string gates = product.FirstSlot == 0 ? "gates" : $"gates + {Text(product.FirstSlot * context.Lanes)}";
        PanelMatrix matrix = product.Matrix;
        void Call(int vectors) => code.Line(ProductEmitter.Call(
            context, vectors, "rows", operand, Text(stride), "1", "1", Text(_layer.Size), "0",
            $"pass.Parameters + {matrix.Name} + (nint)group * {Text(matrix.PanelStride)}", Text(vectors * context.Lanes), gates, Text(Stride), gates, Text(Stride)));
        EmitByWidth(matrix, Call);
    }

    // The last group may hold fewer blocks of units than the others.
    private void EmitByWidth(PanelMatrix matrix, Action<int> call)
    {
        if (matrix.LastPanelVectors == matrix.PanelVectors)
        {
            call(matrix.PanelVectors);
            return;
        }

        if (matrix.Panels > 1)
        {
            using (code.Block($"if (group < {Text(matrix.Panels - 1)})"))
            {
                call(matrix.PanelVectors);
            }

            using (code.Block("else"))
            {
                call(matrix.LastPanelVectors);
            }

            return;
        }

        call(matrix.LastPanelVectors);
    }

    private (string Start, int Stride) OperandRows(int operand)
    {
        int state = _layer.Cell.Operands[operand].State;
        RowBuffer rows = state >= 0 ? _layer.States[state].Rows : _layer.Operands[operand].Rows!;
        string index = state >= 0 ? "before" : "row";
        return ($"{rows.Start} + {index} * {Text(rows.Stride)}", rows.Stride);
    }

    private string Gates(string group, string row) =>
        $"pass.Workspace + {_layer.Gates.Name} + (nint){group} * {Text(_layer.Gates.GroupStride)} + {row} * {Text(Stride)}";

    private void EmitPointwise(EquationProgram program)
    {
        bool several = _layer.GroupBlocks > 1;
        IDisposable? blocks = several
            ? code.Block($"for (int block = 0; block < Math.Min({Text(_layer.GroupBlocks)}, {Text(_layer.Blocks)} - (group * {Text(_layer.GroupBlocks)})); block++)")
            : null;
        string unit = several
            ? $"((group * {Text(_layer.GroupBlocks)}) + block) * {Text(context.Lanes)}"
            : $"group * {Text(context.Lanes)}";
        code.Line($"int unit = {unit};");
        string gates = several ? $"gates + (block * {Text(_layer.Cell.Slots.Count * context.Lanes)})" : "gates";
        ValuePlace[] places = [.. PointwiseEmitter.Places(program).Where(place => place.Kind != ValueKind.Slot)];
        foreach (ValuePlace place in places)
        {
            (RowBuffer? rows, string index) = Rows(place);
            string start = rows is null
                ? $"pass.Parameters + {_layer.Weights[place.Index].Name} + unit"
                : $"{rows.Start} + (nint){index} * {Text(rows.Stride)} + unit";
            code.Line($"{_number}* {PointerName(place)} = {start};");
        }

        using (code.Block("for (nint i = 0; i < rows; i++)"))
        {
            if (PointwiseEmitter.Places(program).Any(place => place.Kind == ValueKind.Slot))
            {
                code.Line($"{_number}* gate = {gates} + i * {Text(Stride)};");
            }

            PointwiseEmitter.Emit(code, context, program, Pointer);
        }

        blocks?.Dispose();
    }

    private string Pointer(ValuePlace place)
    {
        if (place.Kind == ValueKind.Slot)
        {
            return place.Index == 0 ? "gate" : $"gate + {Text(place.Index * context.Lanes)}";
        }

        return Rows(place).Rows is { } rows ? $"{PointerName(place)} + i * {Text(rows.Stride)}" : PointerName(place);
    }

    private (RowBuffer? Rows, string Index) Rows(ValuePlace place) => place.Kind switch
    {
        ValueKind.Saved => (_layer.Saved[place.Index], "row"),
        ValueKind.OldState => (_layer.States[place.Index].Rows, "before"),
        ValueKind.NewState => (_layer.States[place.Index].Rows, "row"),
        ValueKind.StateGradient => (_layer.States[place.Index].Gradient, "first"),
        ValueKind.OutputGradient => (_layer.OutputGradient, "row"),
        ValueKind.Operand => (_layer.Operands[place.Index].Rows, "row"),
        ValueKind.OperandGradient => (_layer.Operands[place.Index].Gradient, "first"),
        ValueKind.WeightGradient => (_layer.WeightGradients[place.Index], "row"),
        _ => (null, ""),
    };

    private string PointerName(ValuePlace place) => place.Kind switch
    {
        ValueKind.Saved => $"{_layer.Cell.Saved[place.Index]}Rows",
        ValueKind.OldState => $"{_layer.Cell.States[place.Index]}Before",
        ValueKind.NewState => $"{_layer.Cell.States[place.Index]}After",
        ValueKind.StateGradient => $"d{CellNames.Capitalized(_layer.Cell.States[place.Index])}Carried",
        ValueKind.OutputGradient => "dOutput",
        ValueKind.Operand => $"{_layer.Cell.Operands[place.Index].Name}Rows",
        ValueKind.OperandGradient => $"d{CellNames.Capitalized(_layer.Cell.Operands[place.Index].Name)}Rows",
        ValueKind.WeightGradient => $"{_layer.Weights[place.Index].Name}Gradient",
        _ => $"weight{Text(place.Index)}",
    };

    private void EmitBackward()
    {
        for (int pass = 0; pass < _layer.Cell.Backward.Count; pass++)
        {
            if (pass > 0)
            {
                code.Line();
            }

            using (code.Block($"for (int group = 0; group < {Text(_layer.Groups)}; group++)"))
            {
                code.Line($"{_number}* gates = {Gates("group", "row")};");
                EmitPointwise(_layer.Cell.Backward[pass]);
            }

            foreach (TransposedProduct product in _layer.TransposedProducts.Where(product => product.Pass == pass))
            {
                code.Line();
                EmitTransposedProduct(product);
            }
        }
    }

    private void EmitTransposedProduct(TransposedProduct product)
    {
        OperandPlan operand = _layer.Cell.Operands[product.Operand];
        RowBuffer target = operand.State >= 0 ? _layer.States[operand.State].Gradient : _layer.Operands[product.Operand].Gradient!;
        PanelMatrix matrix = product.Matrix;
        int width = matrix.PanelVectors * context.Lanes;
        int segment = _layer.GroupBlocks * product.Slots * context.Lanes;
        string gates = Gates("0", "row") + (product.FirstSlot == 0 ? "" : " + " + Text(product.FirstSlot * context.Lanes));
        string slots = string.Join(", ", Enumerable.Range(product.FirstSlot, product.Slots).Select(slot => Backpropagation.GradientName(_layer.Cell.Slots[slot].Name)));
        code.Comment($"{Backpropagation.GradientName(operand.Name)} {(product.Adds ? "+=" : "=")} [{slots}]·Uᵀ");
        using (code.Block($"for (int group = 0; group < {Text(matrix.Panels)}; group++)"))
        {
            code.Line($"{_number}* target = {target.Start} + (nint)first * {Text(target.Stride)} + group * {Text(width)};");
            string init = product.Adds ? "target" : "pass.Workspace + Zeros";
            string initRow = product.Adds ? Text(target.Stride) : "0";
            void Call(int vectors) => code.Line(ProductEmitter.Call(
                context, vectors, "rows", gates.Replace("(nint)0 * " + Text(_layer.Gates.GroupStride) + " + ", ""), Text(Stride), "1",
                Text(_layer.Groups), Text(segment), Text(_layer.Gates.GroupStride),
                $"pass.Transposed + {matrix.Name} + (nint)group * {Text(matrix.PanelStride)}", Text(vectors * context.Lanes), init, initRow, "target", Text(target.Stride)));
            EmitByWidth(matrix, Call);
        }
    }
}
