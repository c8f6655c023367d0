using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Plans the streaming step of a recurrent layer.</summary>
internal sealed class RecurrenceStepBuilder(
    PlanBuilder builder, CellPlan cell, string name, int size, Value input, RecurrencePlan plan)
{
    /// <summary>Adds the step, which leaves the layer's output in its first state.</summary>
    public StepRecurrence Add(SlotRun[] inputRuns, NamedOffset? bias, ProjectionBuilder? projection)
    {
        long padded = builder.Padded((long)size);
        StepStage[] stages = [.. Enumerable.Range(0, cell.Forward.Count).Select(
            stage => Stage(stage, inputRuns, bias is not null))];
        StepState[] states = [.. cell.States.Select((_, state) =>
            state == 0 && projection is not null ? ProjectedState() : State(state, stages.Last()))];
        var kept = new List<StepPlace>();
        foreach (ValuePlace place in PlacesBetweenStages())
        {
            string valueName = place.Kind switch
            {
                ValueKind.Slot => StoredName(place) ?? cell.Slots[place.Index].Name,
                ValueKind.Operand => cell.Operands[place.Index].Name,
                _ => cell.Saved[place.Index],
            };
            kept.Add(
                new StepPlace(
                place, builder.State.Add(
                $"Step{name}{CellNames.Capitalized(valueName)}", padded, $"[{size}] {valueName}, between stages")));
        }

        var step = new StepRecurrence(
            $"Step{name}", $"{cell.Name}   [{input.Size}] → [{size}]", plan, input.Step!,
            stages.ToEquatableArray(), states.ToEquatableArray(), kept.ToEquatableArray(), bias);
        builder.AddStep(step);
        projection?.AddStep(states[0].New, states[0].Old);
        return step;
    }

    // In a sum's place the equations may store what they made of it.
    private string? StoredName(ValuePlace place) => cell.Forward
        .SelectMany(program => program.Stores).FirstOrDefault(store => store.Place == place)?.Name;

    // New states are written in the last stage. Its groups of units each read a state whole where it is an operand of
    // their products; else they read their own units alone.
    private StepState State(int state, StepStage last)
    {
        string stateName = CellNames.Capitalized(cell.States[state]);
        long padded = builder.Padded((long)size);
        NamedOffset old = builder.State.Add($"Step{name}{stateName}", padded, $"[{size}] {cell.States[state]}");
        bool isOperand = last.Factors.Any(
            factor => factor.Operand >= 0 && cell.Operands[factor.Operand].State == state);
        return new StepState(old, isOperand && last.GroupBlocks < plan.Blocks
            ? builder.State.Add($"Step{name}New{stateName}", padded, $"[{size}] {cell.States[state]} after the step")
            : old);
    }

    // The equations write what is projected onto the state afterwards.
    private StepState ProjectedState()
    {
        int width = plan.States[0].Rows.Width;
        NamedOffset old = builder.State.Add(
            $"Step{name}{CellNames.Capitalized(cell.States[0])}", builder.Padded((long)width),
            $"[{width}] {cell.States[0]}");
        NamedOffset result = builder.State.Add(
            $"Step{name}Unprojected", builder.Padded((long)size), $"[{size}] what is projected onto it");
        return new StepState(old, result, TakesOver: false);
    }

    private IEnumerable<ValuePlace> PlacesBetweenStages()
    {
        var read = new List<ValuePlace>();
        for (int stage = 1; stage < cell.Forward.Count; stage++)
        {
            foreach (Load load in cell.Forward[stage].Loads)
            {
                bool isOwnTerm = load.Place.Kind == ValueKind.Slot && cell.Slots[load.Place.Index].Stage == stage;
                if (load.Place.Kind is ValueKind.Slot or ValueKind.Saved && !isOwnTerm)
                {
                    read.Add(load.Place);
                }
            }
        }

        IEnumerable<ValuePlace> operands = Enumerable.Range(0, cell.Operands.Count)
            .Where(operand => cell.Operands[operand].State < 0)
            .Select(operand => new ValuePlace(ValueKind.Operand, operand));
        return read.Concat(operands).Distinct();
    }

    private StepStage Stage(int stage, SlotRun[] inputRuns, bool hasBias)
    {
        int[] slots = [.. Enumerable.Range(0, cell.Slots.Count).Where(slot => cell.Slots[slot].Stage == stage)];
        var factors = new List<StepFactor>();
        int[] withInput = [.. slots.Where(slot => cell.Slots[slot].HasInput)];
        if (withInput.Length > 0)
        {
            factors.Add(
                new StepFactor(
                -1, input.Size, withInput.ToEquatableArray(), inputRuns.Select(
                run => new StepRun(run.Matrix, run.First, run.Count)).ToEquatableArray()));
        }

        for (int operand = 0; operand < cell.Operands.Count; operand++)
        {
            int[] fed = [.. slots.Where(slot => cell.Slots[slot].Operand == operand)];
            if (fed.Length > 0)
            {
                RecurrentProduct[] products = [.. plan.Products.Where(product => product.Operand == operand)];
                factors.Add(new StepFactor(operand, products[0].Matrix.Depth, fed.ToEquatableArray(), products
                    .Select(product => new StepRun(product.Matrix, product.FirstSlot, product.Slots))
                        .ToEquatableArray()));
            }
        }

        long each = slots.Length + factors.Sum(factor => (long)factor.Depth * factor.Slots.Count);
        long numbers = Saturating.Product(size, each);

        // Between two visits to a stage's weights, other stages' go through the cache.
        bool inNarrowGroups = cell.Forward.Count == 1 && StepStage.SuitNarrowGroups(size, numbers);
        int chains = StepStage.ChainsFor(Math.Max(1, slots.Length), size, inNarrowGroups);
        int sums = inNarrowGroups ? StepStage.WantedSums : builder.Target.StepVectors;
        int groupBlocks = Math.Max(1, Math.Min(plan.Blocks, sums / (Math.Max(1, slots.Length) * chains)));
        NamedOffset weights = builder.StepWeights.Add(
            $"Step{name}Weights{RecurrenceBuilder.Number(stage)}",
            Saturating.Product(plan.Blocks, plan.Lanes, each),
            $"groups of {groupBlocks * plan.Lanes} units: {(hasBias ? "bias" : "zeros")}, then"
                + $" {string.Join(", then ", factors.Select(factor => factor.Depth + " rows"))}");
        NamedOffset? turn = inNarrowGroups && plan.Blocks > groupBlocks && plan.Blocks % groupBlocks == 0
            ? builder.State.Add($"{weights.Name}Turn", 1, "1 where the next step walks its weights from their end")
            : null;
        return new StepStage(
            stage, weights, slots.ToEquatableArray(), groupBlocks, chains, factors.ToEquatableArray(), turn);
    }
}
