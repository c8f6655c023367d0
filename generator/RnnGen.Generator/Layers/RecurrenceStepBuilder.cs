using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Plans the streaming step of a recurrent layer.</summary>
internal sealed class RecurrenceStepBuilder(
    PlanBuilder builder, CellPlan cell, string name, int size, Flow input, RecurrencePlan plan)
{
    // Enough sums at once to hide the latency of an addition.
    private const int StepVectors = 8;

    /// <summary>Adds the step and returns where it leaves the layer's output.</summary>
    public StepRow Add(SlotRun[] inputRuns, NamedOffset bias)
    {
        int padded = builder.Padded(size);
        StepState[] states = [.. cell.States.Select(state => new StepState(
            builder.State.Add($"Step{name}{CellNames.Capitalized(state)}", padded, $"[{size}] {state}"),
            builder.State.Add(
                $"Step{name}New{CellNames.Capitalized(state)}", padded, $"[{size}] {state} after the step")))];
        StepStage[] stages = [.. Enumerable.Range(0, cell.Forward.Count).Select(
            stage => Stage(stage, inputRuns))];
        var kept = new List<StepPlace>();
        foreach (ValuePlace place in PlacesBetweenStages())
        {
            string valueName = place.Kind switch
            {
                ValueKind.Slot => cell.Slots[place.Index].Name,
                ValueKind.Operand => cell.Operands[place.Index].Name,
                _ => cell.Saved[place.Index],
            };
            kept.Add(
                new StepPlace(
                place, builder.State.Add(
                $"Step{name}{CellNames.Capitalized(valueName)}", padded, $"[{size}] {valueName}, between stages")));
        }

        builder.AddStep(new StepRecurrence(
            $"Step{name}", $"{cell.Name}   [{input.Size}] → [{size}]", plan, input.Step.Start,
            stages.ToEquatableArray(), states.ToEquatableArray(), kept.ToEquatableArray(), bias));
        return StepRow.InState(states[0].Old);
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

    private StepStage Stage(int stage, SlotRun[] inputRuns)
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
                factors.Add(new StepFactor(operand, size, fed.ToEquatableArray(), plan.Products
                    .Where(product => product.Operand == operand)
                    .Select(product => new StepRun(product.Matrix, product.FirstSlot, product.Slots))
                        .ToEquatableArray()));
            }
        }

        int groupBlocks = Math.Max(1, Math.Min(plan.Blocks, StepVectors / Math.Max(1, slots.Length)));
        long length = (long)plan.Blocks * plan.Lanes * (
            slots.Length + factors.Sum(factor => (long)factor.Depth * factor.Slots.Count));
        NamedOffset weights = builder.StepWeights.Add(
            $"Step{name}Weights{RecurrenceBuilder.Number(stage)}", length,
            $"groups of {groupBlocks * plan.Lanes} units: bias, then"
                + $" {string.Join(", then ", factors.Select(factor => factor.Depth + " rows"))}");
        return new StepStage(stage, weights, slots.ToEquatableArray(), groupBlocks, factors.ToEquatableArray());
    }
}
