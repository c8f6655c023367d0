using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits a recurrent layer's way through time. Each worker follows its own sequences through all steps, so no step
/// waits
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
        string pass = $"in Pass<{_number}> pass";
        using (code.Block($"private static void {operation.Method}({pass}, WorkerTeam team, int worker)"))
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

            string head = RunsFromEnd ? "for (int t = pass.Steps - 1; t >= 0; t--)"
                : "for (int t = 0; t < pass.Steps; t++)";
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
                    code.Line(
                        $"{operation.Method}Step(pass, rows, first, row,"
                            + $" (t == 0 ? -{context.Plan.Batch} : pass.StepOffset[t - 1]) + first);");
                }
            }
        }
    }

    private void EmitReverseCalls()
    {
        code.Comment(
            "Sequences that go on at the next step come from there; the others start here, from the initial rows.");
        code.Line("int going = t + 1 < pass.Steps ? Math.Max(0, Math.Min(end, pass.StepRows[t + 1]) - first) : 0;");
        using (code.Block("if (going > 0)"))
        {
            code.Line($"{operation.Method}Step(pass, going, first, row, pass.StepOffset[t + 1] + first);");
        }

        code.Line();
        using (code.Block("if (going < rows)"))
        {
            code.Line(
                $"{operation.Method}Step(pass, rows - going, first + going, row + going, first"
                    + $" + going - {context.Plan.Batch});");
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
        string start = $"{rows.Start} + ((nint)first * {rows.Stride})";
        if (rows.Segments == 1 && rows.Stride == rows.SegmentStride)
        {
            code.Line($"new Span<{_number}>({start}, (end - first) * {rows.Stride}).Clear();");
            return;
        }

        using (code.Block("for (int i = 0; i < end - first; i++)"))
        {
            code.Line(
                $"new Span<{_number}>({start} + ((nint)i * {rows.Stride}), {rows.SegmentStride}).Clear();");
        }
    }

    private void EmitStep()
    {
        code.Line();
        code.Summary(operation.IsBackward ? "One step back, for some sequences." : "One step, for some sequences.");
        code.Line("/// <param name=\"first\">First sequence.</param>");
        code.Line("/// <param name=\"row\">Its packed row at this step.</param>");
        code.Line(
            "/// <param name=\"before\">Its packed row at the step that this one goes on from;"
                + " negative for initial rows.</param>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (code.Block(
            $"private static void {operation.Method}Step(in Pass<{_number}> pass, int rows, int first, nint row,"
                + " nint before)"))
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
            using (code.Block($"for (int group = 0; group < {_layer.Groups}; group++)"))
            {
                code.Line($"{_number}* gates = {Gates("group", "row")};");
                foreach (RecurrentProduct product in products)
                {
                    EmitProduct(product);
                }

                EmitPointwise(_layer.Cell.Forward[stage], stage);
            }
        }
    }

    private void EmitProduct(RecurrentProduct product)
    {
        (string operand, int stride) = OperandRows(product.Operand);
        OperandPlan plan = _layer.Cell.Operands[product.Operand];
        string slots = string.Join(
            ", ", Enumerable.Range(product.FirstSlot, product.Slots).Select(slot => _layer.Cell.Slots[slot].Name));
        code.Comment($"{slots} += {plan.Name}·U");
        string gates = product.FirstSlot == 0 ? "gates" : $"gates + {product.FirstSlot * context.Lanes}";
        var call = new ProductCall
        {
            Rows = "rows",
            Depth = Text(_layer.Size),
            A = operand,
            ARow = stride,
            B = $"pass.Parameters + {product.Matrix.Name} + ((nint)group * {product.Matrix.PanelStride})",
            C = gates,
            CRow = Stride,
        };
        EmitByWidth(product.Matrix, vectors => call.Emit(code, context, vectors));
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
            using (code.Block($"if (group < {matrix.Panels - 1})"))
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
        return ($"{rows.Start} + ({index} * {rows.Stride})", rows.Stride);
    }

    private string Gates(string group, string row) => group == "0"
        ? $"pass.Workspace + {_layer.Gates.Name} + ({row} * {Stride})"
        : $"pass.Workspace + {_layer.Gates.Name} + ((nint){group} * {_layer.Gates.GroupStride}) + ({row} * {Stride})";

    private void EmitPointwise(EquationProgram program, int part)
    {
        bool several = _layer.GroupBlocks > 1;
        IDisposable? blocks = null;
        string unit = $"group * {context.Lanes}";
        if (several)
        {
            code.Line(
                $"int blocks = Math.Min({_layer.GroupBlocks}, {_layer.Blocks} - (group * {_layer.GroupBlocks}));");
            blocks = code.Block("for (int block = 0; block < blocks; block++)");
            unit = $"((group * {_layer.GroupBlocks}) + block) * {context.Lanes}";
        }

        ValuePlace[] places = [.. PointwiseEmitter.Places(program).Where(place => place.Kind != ValueKind.Slot)];
        bool hasSlots = PointwiseEmitter.Places(program).Any(place => place.Kind == ValueKind.Slot);
        string parameters = string.Concat(places.Select(place => $", {_number}* {PointerName(place)}"));
        string name = context.Share(
            _layer.Cell.Name + (operation.IsBackward ? "Backward" : "Forward") + (part == 0 ? "" : Text(part + 1)),
            (hasSlots ? $"int rows, {_number}* gates" : "int rows") + parameters,
            () => Equations(program, hasSlots));
        code.Line($"int unit = {unit};");
        string gates = several ? $"gates + (block * {_layer.Cell.Slots.Count * context.Lanes})" : "gates";
        IEnumerable<string> arguments = new[] { hasSlots ? $"rows, {gates}" : "rows" }
            .Concat(places.Select(place => $"{PointerName(place)}: {PointerStart(place)}"));
        code.Line($"{name}(\n    {string.Join(",\n    ", arguments)});");
        blocks?.Dispose();
    }

    private string Equations(EquationProgram program, bool hasSlots)
    {
        var body = new CodeWriter();
        using (body.Block("for (nint i = 0; i < rows; i++)"))
        {
            if (hasSlots)
            {
                body.Line($"V* gate = (V*)(gates + (i * {Stride}));");
            }

            PointwiseEmitter.Emit(body, context, program, VectorAt);
        }

        return body.ToString();
    }

    private string PointerStart(ValuePlace place)
    {
        (RowBuffer? rows, string index) = Rows(place);
        return rows is null
            ? $"pass.Parameters + {_layer.Weights[place.Index].Name} + unit"
            : $"{rows.Start} + ({index} * {rows.Stride}) + unit";
    }

    private string VectorAt(ValuePlace place)
    {
        if (place.Kind == ValueKind.Slot)
        {
            return $"gate[{place.Index}]";
        }

        return Rows(place).Rows is { } rows ? $"*(V*)({PointerName(place)} + (i * {rows.Stride}))"
            : $"*(V*){PointerName(place)}";
    }

    private (RowBuffer? Rows, string Index) Rows(ValuePlace place) => place.Kind switch
    {
        ValueKind.Saved => (_layer.Saved[place.Index], "row"),
        ValueKind.OldState => (_layer.States[place.Index].Rows, "before"),
        ValueKind.NewState => (_layer.States[place.Index].Rows, "row"),
        ValueKind.StateGradient => (_layer.States[place.Index].Gradient, "(nint)first"),
        ValueKind.OutputGradient => (_layer.OutputGradient, "row"),
        ValueKind.Operand => (_layer.Operands[place.Index].Rows, "row"),
        ValueKind.OperandGradient => (_layer.Operands[place.Index].Gradient, "(nint)first"),
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
        ValueKind.WeightGradient => $"weightGradient{place.Index}",
        _ => $"weight{place.Index}",
    };

    private void EmitBackward()
    {
        for (int pass = 0; pass < _layer.Cell.Backward.Count; pass++)
        {
            if (pass > 0)
            {
                code.Line();
            }

            using (code.Block($"for (int group = 0; group < {_layer.Groups}; group++)"))
            {
                code.Line($"{_number}* gates = {Gates("group", "row")};");
                EmitPointwise(_layer.Cell.Backward[pass], pass);
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
        RowBuffer target = operand.State >= 0 ? _layer.States[operand.State].Gradient
            : _layer.Operands[product.Operand].Gradient!;
        PanelMatrix matrix = product.Matrix;
        int width = matrix.PanelVectors * context.Lanes;
        int segment = _layer.GroupBlocks * product.Slots * context.Lanes;
        string gates = Gates("0", "row") + (
            product.FirstSlot == 0 ? "" : " + " + Text(product.FirstSlot * context.Lanes));
        string slots = string.Join(
            ", ", Enumerable.Range(product.FirstSlot, product.Slots).Select(
            slot => Backpropagation.GradientName(_layer.Cell.Slots[slot].Name)));
        code.Comment($"{Backpropagation.GradientName(operand.Name)} {(product.Adds ? "+=" : "=")} [{slots}]·Uᵀ");
        using (code.Block($"for (int group = 0; group < {matrix.Panels}; group++)"))
        {
            code.Line(
                $"{_number}* target = {target.Start} + ((nint)first * {target.Stride}) + (group * {width});");
            var call = new ProductCall
            {
                Rows = "rows",
                Depth = Text(segment),
                A = gates,
                ARow = Stride,
                B = $"pass.Transposed + {matrix.Name} + ((nint)group * {matrix.PanelStride})",
                Init = product.Adds ? null : "pass.Workspace + Zeros",
                C = "target",
                CRow = target.Stride,
                Segments = _layer.Groups,
                ASegment = _layer.Gates.GroupStride,
            };
            EmitByWidth(matrix, vectors => call.Emit(code, context, vectors));
        }
    }
}
