using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

// What calls the operations, one after the other.
internal sealed partial class KernelsEmitter
{
    private void EmitDriver(CodeWriter code, string name, EquatableArray<PassOperation> operations)
    {
        code.Line();
        using (code.Block($"public override void {name}(in Pass<{_context.Number}> pass, WorkerTeam team, int worker)"))
        {
            EmitShares(code, operations);
            for (int i = 0; i < operations.Count; i++)
            {
                PassOperation operation = operations[i];
                if (i > 0)
                {
                    code.Line(Barriers.Needed(operations[i - 1], operation) ? "\nteam.Barrier(worker);\n" : "");
                }

                code.Comment(operation.Comment);
                code.Line($"{operation.Method}({Pass(operation.Axis)}, {Share(operation)});");
            }
        }
    }

    private void EmitDecoding(CodeWriter code)
    {
        EquatableArray<PassOperation> reading =
            plan.TokenReading?.Operations ?? EquatableArray<PassOperation>.Empty;
        if (reading.Count > 0)
        {
            EmitDriver(code, "ReadTokens", reading);
        }

        EmitDriver(code, "Decode", plan.Decoding.Skip(reading.Count).ToEquatableArray());
    }

    // This worker's share of the rows, for all operations on them.
    private void EmitShares(CodeWriter code, EquatableArray<PassOperation> operations)
    {
        foreach (AxisPlan axis in plan.Axes.Skip(1).Where(axis => operations.Any(other => other.Axis == axis.Index)))
        {
            code.Line($"ref readonly Pass<{_context.Number}> {axis.Name} = ref pass.Axes[{axis.Index}];");
        }

        (RowKind Range, int Axis)[] ranges =
            [.. operations.OfType<RowOperation>().Select(operation => (operation.Range, operation.Axis)).Distinct()];
        foreach ((RowKind range, int axis) in ranges.OrderBy(range => range.Axis).ThenBy(range => range.Range))
        {
            string count = $"{Pass(axis)}.{(range == RowKind.PerStep ? "Rows" : "Batch")}";
            code.Line($"int first{Item(range, axis)} = Share({count}, worker, team.Workers);");
            code.Line($"int end{Item(range, axis)} = Share({count}, worker + 1, team.Workers);");
        }

        if (ranges.Length > 0)
        {
            code.Line();
        }
    }

    // Each axis has a pass of its own, which knows its rows.
    private string Pass(int axis) => axis == 0 ? "pass" : plan.Axes[axis].Name;

    private string Item(RowKind range, int axis) =>
        (axis == 0 ? "" : CellNames.Capitalized(plan.Axes[axis].Name))
        + (range == RowKind.PerStep ? "Row" : "Sequence");

    private string Share(PassOperation operation) => operation is RowOperation rows
        ? $"first{Item(rows.Range, rows.Axis)}, end{Item(rows.Range, rows.Axis)}"
        : "team, worker";

    private void EmitStepDrivers(CodeWriter code)
    {
        string number = _context.Number;
        code.Line();
        using (code.Block($"public override void PrepareStep({number}* parameters, {number}* stepWeights)"))
        {
            foreach (StepOperation operation in plan.Step.Where(PackEmitter.IsPacked))
            {
                code.Line($"Pack{operation.Method}(parameters, stepWeights);");
            }
        }

        if (!plan.Streams)
        {
            return;
        }

        string input = model.ReadsTokens ? "int token" : $"{number}* features";
        code.Line();
        using (code.Block(
            $"public override {number}* Step({number}* stepWeights, {number}* parameters, {number}* state, {input})"))
        {
            if (plan.Step.Any(_context.ReadsConstants))
            {
                code.Line("V* constants = (V*)_constants.Pointer;");
            }

            foreach (StepOperation operation in plan.Step)
            {
                string constants = _context.ReadsConstants(operation) ? ", constants" : "";
                code.Comment(operation.Comment);
                code.Line(
                    $"{operation.Method}(stepWeights, parameters, state, {Text(operation.Source)}{constants});");
            }

            code.Line($"return {AddressText.InStep(plan.Heads[0].Step!.Start)};");
        }
    }
}
