using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits the streaming step: for each group of units all gates are summed in registers, over weights that lie in the
/// order in which they are used, and the cell's equations follow at once.
/// </summary>
internal sealed partial class StepEmitter(CodeWriter code, EmissionContext context)
{
    private readonly string _number = context.Number;

    private int Lanes => context.Lanes;

    private VectorOperations Operations => context.Operations;

    public void Emit(StepOperation operation)
    {
        code.Line();
        code.Summary(operation.Comment);
        code.Line("[MethodImpl(Kernel)]");
        bool reads = context.ReadsConstants(operation);
        using (code.Block(
            $"private static void {operation.Method}({_number}* stepWeights, {_number}* parameters, {_number}* state,"
                + $" {_number}* source{(reads ? ", V* constants" : "")})"))
        {
            switch (operation)
            {
                case StepRecurrence recurrence:
                    using (context.ReadingConstants())
                    {
                        foreach (StepStage stage in recurrence.Stages)
                        {
                            EmitStage(recurrence, stage);
                        }
                    }

                    EmitTakeOver(recurrence);
                    break;
                case StepDense dense:
                    EmitDense(dense);
                    break;
                case StepNarrowDense dense:
                    EmitNarrowDense(dense);
                    break;
                case StepPool pool:
                    EmitPool(pool);
                    break;
                case StepMap map:
                    EmitMap(map);
                    break;
                case StepEvaluation evaluation:
                    new RowProgramEmitter(code, context, evaluation.Program, evaluation.Size).EmitStep(evaluation);
                    break;
                case StepCopy copy:
                    code.Line(
                        $"new Span<{_number}>(source, {copy.Size}).CopyTo("
                            + $"new Span<{_number}>({Place(copy.Target)}, {copy.Size}));");
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(operation), operation, "No emitter for this.");
            }
        }
    }

    private static string Place(Address address) => AddressText.InStep(address);

    private static string Text(long value) => EmissionContext.Text(value);

    private void EmitStage(StepRecurrence step, StepStage stage)
    {
        int blocks = step.Layer.Blocks;
        int full = blocks / stage.GroupBlocks;
        int rest = blocks % stage.GroupBlocks;
        using (code.Scope())
        {
            if (stage.Turn is { } turn)
            {
                EmitToAndFro(step, stage, turn, full);
                return;
            }

            code.Line($"V* weights = (V*)({Place(stage.Weights.Start)});");
            if (full == 1 && rest == 0)
            {
                EmitGroup(step, stage, stage.GroupBlocks);
                return;
            }

            if (full > 0)
            {
                code.Comment($"{stage.GroupBlocks * Lanes} units at a time.");
                using (code.Block(
                    $"for (int unit = 0; unit < {(long)full * stage.GroupBlocks * Lanes};"
                        + $" unit += {stage.GroupBlocks * Lanes})"))
                {
                    EmitGroup(step, stage, stage.GroupBlocks);
                }
            }

            if (rest > 0)
            {
                code.Line();
                code.Comment("The units that are left.");
                using (code.Scope())
                {
                    code.Line($"const int unit = {(long)full * stage.GroupBlocks * Lanes};");
                    EmitGroup(step, stage, rest);
                }
            }
        }
    }

    private void EmitToAndFro(StepRecurrence step, StepStage stage, NamedOffset turn, int groups)
    {
        int units = stage.GroupBlocks * Lanes;
        int length = stage.GroupLength(stage.GroupBlocks, Lanes);
        code.Comment("These weights do not fit a cache: walked to and fro, those that were read last come first the");
        code.Comment("next time, and are still there.");
        code.Line($"bool fro = state[{turn.Name}] != 0;");
        code.Line($"state[{turn.Name}] = fro ? 0 : 1;");
        using (code.Block($"for (int i = 0; i < {groups}; i++)"))
        {
            code.Line($"int group = fro ? {groups - 1} - i : i;");
            code.Line($"int unit = group * {units};");
            code.Line($"V* weights = (V*)({Place(stage.Weights.Start)} + ((nint)group * {length}));");
            EmitGroup(step, stage, stage.GroupBlocks);
        }
    }

    private void EmitGroup(StepRecurrence step, StepStage stage, int blocks)
    {
        string Sum(int slot, int block) => step.Layer.Cell.Slots[slot].Name + (blocks == 1 ? "" : Text(block));
        (int Slot, int Block)[] columns = [.. Enumerable.Range(0, blocks).SelectMany(
            block => stage.Slots.Select(slot => (slot, block)))];
        string[] all = [.. columns.Select(column => Sum(column.Slot, column.Block))];
        if (all.Length > 0)
        {
            EmitSums(all, stage.Chains);
        }

        EmitFactors(step, stage, factor => [.. Enumerable.Range(0, blocks).SelectMany(
            block => factor.Slots.Select(slot => Sum(slot, block)))]);
        EmitTotals(all, stage.Chains);
        EmitKeptSums(step, stage, columns, Sum);
        EmitEquations(step, stage, blocks, Sum);
    }

    // Sums that a later stage reads as they are, where the equations put nothing else in their place.
    private void EmitKeptSums(
        StepRecurrence step, StepStage stage, (int Slot, int Block)[] columns, Func<int, int, string> sum)
    {
        EquationProgram program = step.Layer.Cell.Forward[stage.Stage];
        foreach ((int slot, int block) in columns)
        {
            var place = new ValuePlace(ValueKind.Slot, slot);
            if (step.Kept.Any(kept => kept.Place == place) && !program.Stores.Any(store => store.Place == place))
            {
                code.Line($"{VectorAt(step, stage, place, block * Lanes)} = {sum(slot, block)};");
            }
        }
    }

    // What the method around the equations calls its own.
    private static readonly string[] Surroundings =
        ["constants", "fro", "group", "i", "parameters", "source", "state", "stepWeights", "unit", "weights"];

    private void EmitEquations(StepRecurrence step, StepStage stage, int blocks, Func<int, int, string> sum)
    {
        IEnumerable<string> sums = stage.Slots.SelectMany(
            slot => Enumerable.Range(0, blocks).Select(block => sum(slot, block)));
        sums = sums.SelectMany(name => Enumerable.Range(0, stage.Chains).Select(chain => Chain(name, chain)));
        EquationProgram program = step.Layer.Cell.Forward[stage.Stage];
        for (int block = 0; block < blocks; block++)
        {
            using (code.Scope())
            {
                int offset = block * Lanes;
                int current = block;
                bool IsSum(Load load) => load.Place.Kind == ValueKind.Slot && stage.Slots.Contains(load.Place.Index);
                var names = program.Loads.Where(IsSum).ToDictionary(
                    load => load.Name, load => sum(load.Place.Index, current));
                new PointwiseEmitter(code, context, program)
                {
                    VectorAt = place => VectorAt(step, stage, place, offset),
                    AtHand = names,
                    IsWanted = store => IsKept(step, store.Place),
                    Taken = [.. Surroundings, .. sums],
                }.Emit();
            }
        }
    }

    private static bool IsKept(StepRecurrence step, ValuePlace place) =>
        place.Kind == ValueKind.NewState || step.Kept.Any(kept => kept.Place == place);

    private static string OperandStart(StepRecurrence step, int operand)
    {
        int state = step.Layer.Cell.Operands[operand].State;
        return Place(state >= 0
            ? step.States[state].Old.Start
            : step.Kept.First(kept => kept.Place == new ValuePlace(ValueKind.Operand, operand)).Offset.Start);
    }

    private static string VectorAt(StepRecurrence step, StepStage stage, ValuePlace place, int offset)
    {
        string start = place.Kind switch
        {
            ValueKind.OldState => Place(step.States[place.Index].Old.Start),
            ValueKind.NewState => Place(step.States[place.Index].New.Start),
            ValueKind.Weight => Place(step.Layer.Weights[place.Index].Start),
            _ => step.Kept.FirstOrDefault(kept => kept.Place == place) is { } kept ? Place(kept.Offset.Start) : "",
        };
        string unit = stage.GroupBlocks < step.Layer.Blocks ? " + unit" : "";
        return $"*(V*)({start}{unit}{(offset == 0 ? "" : $" + {offset}")})";
    }

    // Units must all see the old states, so the new ones take their place only now.
    private void EmitTakeOver(StepRecurrence step)
    {
        StepState[] waiting = [.. step.States.Where(state => state.TakesOver && state.New != state.Old)];
        if (waiting.Length == 0)
        {
            return;
        }

        code.Line();
        using (code.Block($"for (int unit = 0; unit < {step.Layer.Blocks * Lanes}; unit += {Lanes})"))
        {
            foreach (StepState state in waiting)
            {
                code.Line($"*(V*)({Place(state.Old.Start)} + unit) = *(V*)({Place(state.New.Start)} + unit);");
            }
        }
    }
}
