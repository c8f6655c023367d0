using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits the packing of weights in the order in which a streaming step uses them.</summary>
internal sealed class PackEmitter(CodeWriter code, EmissionContext context)
{
    // A block of a group that is packed together.
    private const string OneOfSeveral = "first + block";

    private readonly string _number = context.Number;

    private int Lanes => context.Lanes;

    public static bool IsPacked(StepOperation operation) => operation is StepRecurrence or StepDense;

    public void Emit(StepOperation operation)
    {
        switch (operation)
        {
            case StepRecurrence recurrence:
                using (EmitMethod(operation))
                {
                    foreach (StepStage stage in recurrence.Stages)
                    {
                        EmitPackStage(recurrence, stage);
                    }
                }

                break;
            case StepDense dense:
                using (EmitMethod(operation))
                {
                    EmitPackDense(dense);
                }

                break;
        }
    }

    private IDisposable EmitMethod(StepOperation operation)
    {
        code.Line();
        code.Summary($"Packs the weights of {operation.Method} in the order of their use.");
        return code.Block(
            $"private static void Pack{operation.Method}({_number}* parameters, {_number}* stepWeights)");
    }

    private void EmitPackStage(StepRecurrence step, StepStage stage)
    {
        int slots = step.Layer.Cell.Slots.Count;
        int blocks = step.Layer.Blocks;
        using (code.Scope())
        {
            code.Line($"{_number}* target = {AddressText.InStep(stage.Weights.Start)};");
            // How the block to pack is called: several at a time are a loop of their own, and one alone needs no name.
            string block = stage.GroupBlocks > 1 ? OneOfSeveral : blocks > 1 ? "block" : "0";
            bool isSingle = stage.GroupBlocks == 1;
            using (!isSingle ? code.Block($"for (int first = 0; first < {blocks}; first += {stage.GroupBlocks})")
                : blocks > 1 ? code.Block($"for (int block = 0; block < {blocks}; block++)") : null)
            {
                if (!isSingle)
                {
                    code.Line(blocks % stage.GroupBlocks == 0
                        ? $"const int blocks = {stage.GroupBlocks};"
                        : $"int blocks = Math.Min({stage.GroupBlocks}, {blocks} - first);");
                }

                if (step.Bias is { } bias)
                {
                    EmitPackColumns(block, stage.Slots, slot => (
                        $"{AddressText.InStep(bias.Start)}",
                            $"1, {blocks * slots}, {slots * step.Layer.GroupBlocks}", slots, slot), 1);
                }
                else
                {
                    EmitZeros(Row(block, stage.Slots));
                }

                foreach (StepFactor factor in stage.Factors)
                {
                    EmitPackColumns(block, factor.Slots, slot => Column(factor, slot), factor.Depth);
                }
            }
        }
    }

    private static (string Matrix, string Shape, int Slots, int Slot) Column(StepFactor factor, int slot)
    {
        StepRun run = factor.Runs.First(run => run.FirstSlot <= slot && slot < run.FirstSlot + run.Slots);
        return (
            $"{AddressText.InStep(run.Matrix.Start)}",
            $"{run.Matrix.Depth}, {run.Matrix.Vectors}, {run.Matrix.PanelVectors}", run.Slots,
            slot - run.FirstSlot);
    }

    private void EmitZeros(string row)
    {
        code.Line($"new Span<{_number}>(target, {row}).Clear();");
        code.Line($"target += {row};");
    }

    private string Row(string block, EquatableArray<int> slots) => block != OneOfSeveral
        ? EmissionContext.Text(slots.Count * Lanes)
        : $"blocks * {slots.Count * Lanes}";

    // block: which one to pack; one alone was chosen by the loop around, if there are more.
    private void EmitPackColumns(
        string block,
        EquatableArray<int> slots,
        Func<int, (string Matrix, string Shape, int Slots, int Slot)> column,
        int depth)
    {
        bool isSingle = block != OneOfSeveral;
        string row = Row(block, slots);
        using (isSingle ? null : code.Block("for (int block = 0; block < blocks; block++)"))
        {
            for (int i = 0; i < slots.Count;)
            {
                (string matrix, string shape, int slotsOfMatrix, int slot) = column(slots[i]);

                // Slots that follow one another in one matrix are a loop.
                int run = 1;
                while (i + run < slots.Count && column(slots[i + run]) == (matrix, shape, slotsOfMatrix, slot + run))
                {
                    run++;
                }

                string start = (block, slotsOfMatrix) switch
                {
                    ("0", _) => "",
                    (_, 1) => block,
                    (OneOfSeveral, _) => $"(({block}) * {slotsOfMatrix})",
                    _ => $"({block} * {slotsOfMatrix})",
                };
                using (run > 1 ? code.Block($"for (int slot = 0; slot < {run}; slot++)") : null)
                {
                    string also = run > 1 ? " + slot" : "";
                    string from = start + Plus(slot) + also is { Length: > 0 } sum ? sum.TrimStart(' ', '+') : "0";
                    string to = (isSingle, run) switch
                    {
                        (false, _) => $"target + (((block * {slots.Count}){Plus(i)}{also}) * {Lanes})",
                        (true, 1) => $"target{Plus(i * Lanes)}",
                        _ => i == 0 ? $"target + (slot * {Lanes})" : $"target + (({i} + slot) * {Lanes})",
                    };
                    code.Line(
                        $"Panels.CopyColumn(\n    {matrix}, {shape}, {Lanes}, {from},\n    {to}, {row});");
                }

                i += run;
            }
        }

        code.Line($"target += {(depth == 1 ? "" : EmissionContext.Text(depth) + " * ")}{row};");
    }

    private static string Plus(int value) => value == 0 ? "" : " + " + EmissionContext.Text(value);

    private void EmitPackDense(StepDense dense)
    {
        PanelMatrix matrix = dense.Matrix;
        (int all, int most) = (matrix.Vectors, dense.GroupVectors);
        bool isOneGroup = most >= all;
        code.Line($"{_number}* target = {AddressText.InStep(dense.Weights.Start)};");
        using (isOneGroup ? null : code.Block($"for (int first = 0; first < {all}; first += {most})"))
        {
            if (most > 1)
            {
                code.Line(isOneGroup || all % most == 0
                    ? $"const int vectors = {Math.Min(most, all)};"
                    : $"int vectors = Math.Min({most}, {all} - first);");
            }

            code.Line(most == 1 ? $"const int row = {Lanes};" : $"int row = vectors * {Lanes};");
            code.Line(dense.Bias is { } bias
                ? $"new Span<{_number}>({AddressText.InStep(bias.Start)}"
                    + $"{(isOneGroup ? "" : $" + (first * {Lanes})")}, row).CopyTo(new Span<{_number}>(target, row));"
                : $"new Span<{_number}>(target, row).Clear();");
            using (most == 1 ? null : code.Block("for (int vector = 0; vector < vectors; vector++)"))
            {
                string column = (isOneGroup, most) switch
                {
                    (true, 1) => "0",
                    (true, _) => "vector",
                    (false, 1) => "first",
                    _ => "first + vector",
                };
                string also = most == 1 ? "" : $" + (vector * {Lanes})";
                code.Line(
                    $"Panels.CopyColumn({AddressText.InStep(matrix.Start)}, {matrix.Depth}, {matrix.Vectors},"
                        + $" {matrix.PanelVectors}, {Lanes}, {column}, target + row{also}, row);");
            }

            if (!isOneGroup)
            {
                code.Line($"target += {matrix.Depth + 1} * row;");
            }
        }
    }
}
