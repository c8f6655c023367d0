using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits a recurrent layer's way through time. Each worker follows its own sequences through all steps, so no step
/// waits
/// for another worker; sequences that have ended simply drop out of the rows.
/// </summary>
internal sealed class RecurrenceEmitter(CodeWriter code, EmissionContext context, Recurrence operation)
    : OperationEmitter(code, context)
{
    // More weights than these come from a distant cache, and additions do not wait for each other but for them.
    private const int MostPairedWeights = 32 * 1024;

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
            Code.Line($"    {rows.Start} + ((nint)first * {rows.Stride}),");
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

    private void EmitForward()
    {
        for (int stage = 0; stage < _layer.Cell.Forward.Count; stage++)
        {
            if (stage > 0)
            {
                Code.Line();
            }

            RecurrentProduct[] products = [.. _layer.Products.Where(product => product.Stage == stage)];
            int weights = products.Sum(product => product.Matrix.Panels * product.Matrix.PanelStride);
            bool hasPairs = products.Length > 0 && FullGroups > 1 && weights <= MostPairedWeights;
            if (hasPairs)
            {
                EmitPairs(products);
            }

            using (EachGroup(_layer.Cell.Forward.Count > 1))
            {
                Code.Line($"{Number}* gates = {Gates(Group, "row")};");
                string unless = FullGroups % 2 == 0 && FullGroups == _layer.Groups
                    ? "rows > 1" : $"rows > 1 || group >= {FullGroups / 2 * 2}";
                using (hasPairs ? Code.Block($"if ({unless})") : null)
                {
                    foreach (RecurrentProduct product in products)
                    {
                        EmitProduct(product);
                    }
                }

                EmitPointwise(_layer.Cell.Forward[stage], stage);
            }
        }
    }

    private void EmitProduct(RecurrentProduct product)
    {
        (string operand, NamedNumber stride) = OperandRows(product.Operand);
        OperandPlan plan = _layer.Cell.Operands[product.Operand];
        string slots = string.Join(
            ", ", Enumerable.Range(product.FirstSlot, product.Slots).Select(slot => _layer.Cell.Slots[slot].Name));
        Code.Comment($"{slots} += {plan.Name}·U");
        string gates = product.FirstSlot == 0 ? "gates" : $"gates + {product.FirstSlot * Lanes}";
        var call = new ProductCall
        {
            Rows = "rows",
            Depth = Text(_layer.Size),
            A = operand,
            ARow = stride,
            B = $"pass.Parameters + {product.Matrix.Name}{At(Group, product.Matrix.PanelStride)}",
            C = gates,
            CRow = Stride,
        };
        EmitByWidth(product.Matrix, "group", vectors => call.Emit(Code, Context, vectors));
    }

    // Groups of units that fill their panel.
    private int FullGroups => _layer.Blocks / _layer.GroupBlocks;

    private void EmitPairs(RecurrentProduct[] products)
    {
        Code.Comment("One sequence: two groups at a time, or each addition would wait for the one before.");
        int pairs = FullGroups / 2;
        string group = pairs == 1 ? "0" : "group";
        using (Code.Block(pairs == 1 ? "if (rows == 1)" : $"for (int i = 0; i < (rows == 1 ? {pairs} : 0); i++)"))
        {
            if (pairs > 1)
            {
                Code.Line($"int group = 2 * (fro ? {pairs - 1} - i : i);");
            }

            Code.Line($"{Number}* gates = {Gates(group, "row")};");
            foreach (RecurrentProduct product in products)
            {
                PanelMatrix matrix = product.Matrix;
                string gates = product.FirstSlot == 0 ? "gates" : $"gates + {product.FirstSlot * Lanes}";
                string panel = $"pass.Parameters + {matrix.Name}{At(group, matrix.PanelStride)}";
                using (products.Length > 1 ? Code.Scope() : null)
                {
                    Code.Line($"{Number}* panel = {panel};");
                    Code.Line($"{Context.PairProduct(matrix.PanelVectors)}(");
                    Code.Line($"    depth: {_layer.Size}, a: {OperandRows(product.Operand).Start},");
                    Code.Line($"    b0: panel, b1: panel + {matrix.PanelStride},");
                    Code.Line($"    c0: {gates}, c1: {gates} + {_layer.Gates.GroupStride});");
                }
            }
        }

        Code.Line();
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
        return ($"{rows.Start} + ({index} * {rows.Stride})", rows.Stride);
    }

    private string Gates(string group, string row) => group == "0"
        ? $"pass.Workspace + {_layer.Gates.Name} + ({row} * {Stride})"
        : $"pass.Workspace + {_layer.Gates.Name}{At(group, _layer.Gates.GroupStride)} + ({row} * {Stride})";

    private void EmitPointwise(EquationProgram program, int part)
    {
        bool several = _layer.GroupBlocks > 1;
        IDisposable? blocks = null;
        if (several && _layer.Groups == 1)
        {
            blocks = Code.Block($"for (int block = 0; block < {_layer.Blocks}; block++)");
            Code.Line($"int unit = block * {Lanes};");
        }
        else if (several)
        {
            Code.Line(
                $"int blocks = Math.Min({_layer.GroupBlocks}, {_layer.Blocks} - (group * {_layer.GroupBlocks}));");
            blocks = Code.Block("for (int block = 0; block < blocks; block++)");
            Code.Line($"int unit = ((group * {_layer.GroupBlocks}) + block) * {Lanes};");
        }
        else if (_layer.Groups > 1)
        {
            Code.Line($"int unit = group * {Lanes};");
        }

        ValuePlace[] places = [.. PointwiseEmitter.Places(program).Where(place => place.Kind != ValueKind.Slot)];
        bool hasSlots = PointwiseEmitter.Places(program).Any(place => place.Kind == ValueKind.Slot);
        Dictionary<ValuePlace, string> pointers = PointerNames(places);
        string parameters = string.Concat(places.Select(place => $", {Number}* {pointers[place]}"));
        string name = Context.Share(
            _layer.Cell.Name + (operation.IsBackward ? "Backward" : "Forward") + (part == 0 ? "" : Text(part + 1)),
            (hasSlots ? $"int rows, {Number}* gates" : "int rows") + parameters,
            () => Equations(program, hasSlots, pointers));
        string gates = several ? $"gates + (block * {_layer.Cell.Slots.Count * Lanes})" : "gates";
        IEnumerable<string> arguments = new[] { hasSlots ? $"rows, {gates}" : "rows" }
            .Concat(places.Select(place => $"{pointers[place]}: {PointerStart(place)}"));
        Code.Line($"{name}(\n    {string.Join(",\n    ", arguments)});");
        blocks?.Dispose();
    }

    private string Equations(EquationProgram program, bool hasSlots, Dictionary<ValuePlace, string> pointers)
    {
        var body = new CodeWriter();
        using (body.Block("for (nint i = 0; i < rows; i++)"))
        {
            if (hasSlots)
            {
                body.Line($"V* gate = (V*)(gates + (i * {Stride.Value}));");
            }

            new PointwiseEmitter(body, Context, program)
            {
                VectorAt = place => VectorAt(place, pointers),
                Taken = ["gate", "gates", "i", "rows", .. pointers.Values],
            }.Emit();
        }

        return body.ToString();
    }

    private string PointerStart(ValuePlace place)
    {
        string unit = _layer.Blocks == 1 ? "" : " + unit";
        (RowBuffer? rows, string index) = Rows(place);
        return rows is null
            ? $"pass.Parameters + {_layer.Weights[place.Index].Name}{unit}"
            : $"{rows.Start} + ({index} * {rows.Stride}){unit}";
    }

    private string VectorAt(ValuePlace place, Dictionary<ValuePlace, string> pointers)
    {
        if (place.Kind == ValueKind.Slot)
        {
            return $"gate[{place.Index}]";
        }

        return Rows(place).Rows is { } rows ? $"*(V*)({pointers[place]} + (i * {rows.Stride.Value}))"
            : $"*(V*){pointers[place]}";
    }

    private (RowBuffer? Rows, string Index) Rows(ValuePlace place) => place.Kind switch
    {
        ValueKind.Saved => (_layer.Saved[place.Index], "row"),
        ValueKind.OldState => (_layer.States[place.Index].Initial, "before"),
        ValueKind.NewState => (_layer.States[place.Index].Rows, "row"),
        ValueKind.StateGradient => (_layer.States[place.Index].Gradient, "(nint)first"),
        ValueKind.OutputGradient => (_layer.OutputGradient, "row"),
        ValueKind.Operand => (_layer.Operands[place.Index].Rows, "row"),
        ValueKind.OperandGradient => (_layer.Operands[place.Index].Gradient, "(nint)first"),
        ValueKind.WeightGradient => (_layer.WeightGradients[place.Index], "row"),
        _ => (null, ""),
    };

    // The equations' own names may be alike: those of a value and an operand, for instance.
    private Dictionary<ValuePlace, string> PointerNames(ValuePlace[] places)
    {
        var taken = new HashSet<string> { "gate", "gates", "i", "rows" };
        return places.ToDictionary(place => place, place => ArenaBuilder.Unique(taken, PointerName(place)));
    }

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
                Code.Line();
            }

            using (EachGroup(_layer.Cell.Backward.Count > 1))
            {
                Code.Line($"{Number}* gates = {Gates(Group, "row")};");
                EmitPointwise(_layer.Cell.Backward[pass], pass);
            }

            foreach (TransposedProduct product in _layer.TransposedProducts.Where(product => product.Pass == pass))
            {
                Code.Line();
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
        int width = matrix.PanelVectors * Lanes;
        int segment = _layer.GroupBlocks * product.Slots * Lanes;
        string gates = Gates("0", "row") + (
            product.FirstSlot == 0 ? "" : " + " + Text(product.FirstSlot * Lanes));
        string slots = string.Join(
            ", ", Enumerable.Range(product.FirstSlot, product.Slots).Select(
            slot => Backpropagation.GradientName(_layer.Cell.Slots[slot].Name)));
        Code.Comment($"{Backpropagation.GradientName(operand.Name)} {(product.Adds ? "+=" : "=")} [{slots}]·Uᵀ");
        string panel = matrix.Panels == 1 ? "0" : "panel";
        bool needsScope = _layer.TransposedProducts.Count > 1;
        using (matrix.Panels > 1 ? EachToAndFro("panel", matrix.Panels) : needsScope ? Code.Scope() : null)
        {
            Code.Line(
                $"{Number}* target = {target.Start} + ((nint)first * {target.Stride}){At(panel, width)};");
            var call = new ProductCall
            {
                Rows = "rows",
                Depth = Text(segment),
                A = gates,
                ARow = Stride,
                B = $"pass.Transposed + {matrix.Name}{At(panel, matrix.PanelStride)}",
                Init = product.Adds ? null : "pass.Workspace + Zeros",
                C = "target",
                CRow = target.Stride,
                Segments = _layer.Groups,
                ASegment = _layer.Gates.GroupStride,
            };
            EmitByWidth(matrix, panel, vectors => call.Emit(Code, Context, vectors));
        }
    }
}
