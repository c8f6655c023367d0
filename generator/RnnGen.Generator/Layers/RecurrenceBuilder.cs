using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Plans one recurrent layer in one direction.</summary>
/// <param name="place">Which of the tensor's layers and directions it is: layer by layer, the direction inside.</param>
/// <param name="direction">Which of the layer's directions it is.</param>
/// <param name="stackedLayer">
/// Which of the stack's recurrent layers, those that are stacked in one counted each.
/// </param>
/// <param name="joints">What its states start from, in a decoder; else the caller gives it.</param>
/// <param name="carried">The gradient that the first state is handed; null for a new one.</param>
/// <param name="hasBias">Whether gates have biases; else their sums start from zeros.</param>
internal sealed class RecurrenceBuilder(
    PlanBuilder builder, CellSpec spec, CellPlan cell, string prefix, string name, string suffix, int size,
        IReadOnlyList<Value> inputs, bool isReverse, int place, int direction, int stackedLayer, bool hasBias,
        bool learnsStates, StateRows? projectedGradient, RowBuffer? carried, StateJoints? joints)
{
    private readonly int _lanes = builder.Lanes;
    private readonly int _blocks = builder.Vectors(size);
    private readonly int _slots = cell.Slots.Count;
    private readonly int _inputSize = Saturating.ToInt(inputs.Sum(input => (long)input.Size));

    /// <summary>
    /// Adds everything but the gradient of the input, which waits until all directions have read the input.
    /// </summary>
    public PlannedRecurrence Plan(StateRows output, RowBuffer outputGradient)
    {
        int groupBlocks = GroupBlocks();
        int groups = ((_blocks - 1) / groupBlocks) + 1;
        int rowStride = groupBlocks * _slots * _lanes;
        // A cache line more than the rows take: groups a power of two apart would compete for the same cache sets.
        long groupStride = Saturating.Sum(Saturating.Product(builder.MostRows, rowStride), builder.CacheLine);
        NamedOffset gatesPlace = builder.Scratch.Add(
            $"{name}Gates", Saturating.Product(groups, groupStride),
            $"[{groups}, {builder.MostRows}, {rowStride}] gates in groups of units:"
                + $" {string.Join(", ", cell.Slots.Select(slot => slot.Name))}");
        var gates = new GateBuffer(
            gatesPlace.Start, groups,
            groups == 1 ? Saturating.ToInt(groupStride)
                : builder.Scratch.AddDistance(
                    $"{gatesPlace.Name}GroupStride", groupStride, "from one group to the next"),
            builder.Scratch.AddDistance($"{gatesPlace.Name}RowStride", rowStride, "from one row to the next"));
        NamedOffset? bias = !hasBias ? null : builder.Parameters.Add(
            $"{name}Bias", (long)_blocks * _slots * _lanes, $"[{_slots} × {size}] in groups of units");
        SlotRun[] inputRuns = [.. Runs(slot => slot.HasInput, groupBlocks).Select(
            (run, i) => AddRun(run, "Input", i, _inputSize, groupBlocks))];
        int stateSize = output.Rows.Width;
        RecurrentProduct[] products = [.. Products(groupBlocks, stateSize)];
        EquatableArray<NamedOffset> weights = spec.Weights
            .Select(
                weight =>
                builder.Parameters.Add(
                    $"{name}{CellNames.Capitalized(weight)}", builder.Padded((long)size), $"[{size}]"))
                .ToEquatableArray();
        new RecurrentTensors(
            builder, spec, cell, prefix, suffix, size, _inputSize, groupBlocks, bias, inputRuns, products, weights)
            .Add();
        ProjectionBuilder? projection = projectedGradient is null
            ? null
            : new ProjectionBuilder(builder, prefix, name, suffix, size, output, projectedGradient);

        RecurrencePlan plan = PlanBuffers(
            groupBlocks, gates, products, weights, output, projection?.ResultGradient ?? outputGradient, projection);
        builder.AddFlops(Flops(inputRuns, products));
        joints?.AddForward(plan, suffix);
        AddForward(plan, inputRuns, bias);
        var gradient = new RecurrenceGradientBuilder(builder, spec, inputs, plan, inputRuns, bias);
        gradient.AddWeights();
        joints?.AddGradients(plan);
        projection?.AddWeightGradient();
        StepRecurrence? step = builder.Streams
            ? new RecurrenceStepBuilder(builder, cell, name, size, inputs[0], plan).Add(inputRuns, bias, projection)
            : null;
        builder.States.AddRange(plan.States.Select((state, i) => new NamedStatePlan(
            prefix, PlanBuilder.SnakeCase(cell.States[i]), place, isReverse, state, step?.States[i].Old)
        {
            IsJoined = joints is not null,
            StackedLayer = stackedLayer,
            Direction = direction,
            Axis = builder.Axis,
            Learned = learnsStates
                ? LearnedState.Add(prefix, name, cell.States[i], suffix, state.Rows.Width, builder)
                : null,
        }));
        return new PlannedRecurrence(step is null ? null : new StepRow(step.States[0].Old.Start), gradient);
    }

    private static long Flops(SlotRun[] inputRuns, RecurrentProduct[] products) =>
        inputRuns.Select(run => run.Matrix).Concat(products.Select(product => product.Matrix))
            .Aggregate(0L, (sum, matrix) => Saturating.Sum(
                sum, Saturating.Product(2L * matrix.Depth, matrix.Vectors, matrix.Lanes)));

    // Few slots make narrow panels: several blocks of units share one, where every operand feeds every slot.
    private int GroupBlocks()
    {
        int most = Math.Min(_blocks, builder.Target.MostPanelVectors / _slots);
        bool uniform = cell.Slots.All(
            slot => slot.HasInput == cell.Slots[0].HasInput && slot.Operand == cell.Slots[0].Operand);
        return uniform ? Math.Max(1, most) : 1;
    }

    private IEnumerable<(int First, int Count)> Runs(Func<SlotPlan, bool> belongs, int groupBlocks)
    {
        int most = Math.Max(1, builder.Target.MostPanelVectors / groupBlocks);
        int first = 0;
        while (first < _slots)
        {
            int count = Enumerable.Range(first, _slots - first).TakeWhile(slot => belongs(cell.Slots[slot])).Count();
            int pieces = (count + most - 1) / most;
            for (int piece = 0; piece < pieces; piece++)
            {
                int start = first + (count * piece / pieces);
                yield return (start, first + (count * (piece + 1) / pieces) - start);
            }

            first += Math.Max(1, count);
        }
    }

    private SlotRun AddRun((int First, int Count) run, string kind, int index, int depth, int groupBlocks)
    {
        string matrixName = $"{name}{kind}Weights{Number(index)}";
        int vectors = Saturating.ToInt((long)_blocks * run.Count);
        string slots = string.Join(", ", Enumerable.Range(run.First, run.Count).Select(slot => cell.Slots[slot].Name));
        return new SlotRun(run.First, run.Count, builder.Matrix(
            builder.Parameters, matrixName, depth, vectors, groupBlocks * run.Count,
            $"[{depth}, {run.Count} × {size}] {slots}"));
    }

    /// <summary>The first of several has no number.</summary>
    public static string Number(int index) =>
        index == 0 ? "" : (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private IEnumerable<RecurrentProduct> Products(int groupBlocks, int stateSize)
    {
        int index = 0;
        for (int operand = 0; operand < cell.Operands.Count; operand++)
        {
            foreach ((int First, int Count) run in Runs(slot => slot.Operand == operand, groupBlocks))
            {
                int depth = cell.Operands[operand].State == 0 ? stateSize : size;
                SlotRun added = AddRun(run, "Recurrent", index++, depth, groupBlocks);
                yield return new RecurrentProduct(
                    operand, cell.Operands[operand].Stage, run.First, run.Count, added.Matrix);
            }
        }
    }

    private RecurrencePlan PlanBuffers(
        int groupBlocks, GateBuffer gates, RecurrentProduct[] products, EquatableArray<NamedOffset> weights,
            StateRows output, RowBuffer outputGradient, ProjectionBuilder? projection)
    {
        StatePlan[] states = [.. cell.States.Select((state, i) => i > 0 ? AddState(state, null)
            : projection?.State ?? AddState(state, output))];
        OperandBuffers[] operands = [.. cell.Operands.Select(AddOperand)];
        return new RecurrencePlan
        {
            Name = name,
            Cell = cell,
            IsReverse = isReverse,
            Size = size,
            Lanes = _lanes,
            GroupBlocks = groupBlocks,
            Gates = gates,
            Products = products.ToEquatableArray(),
            TransposedProducts = TransposedProducts(products, groupBlocks).ToEquatableArray(),
            States = states.ToEquatableArray(),
            Operands = operands.ToEquatableArray(),
            Saved = cell.Saved.Select(AddSaved).ToEquatableArray(),
            Weights = weights,
            WeightGradients = spec.Weights
                .Select(
                    weight =>
                    builder.BackwardRows(
                    $"d{name}{CellNames.Capitalized(weight)}", size, RowKind.PerStep,
                    $"what {weight}'s gradient receives"))
                .ToEquatableArray(),
            OutputGradient = outputGradient,
            Projection = projection?.Plan,
        };
    }

    private StatePlan AddState(string state, StateRows? rows)
    {
        StateRows kept = rows ?? StateRows.Add($"{name}{CellNames.Capitalized(state)}", size, 1, state, builder);
        RowBuffer gradient = rows is not null && carried is not null ? carried : builder.BackwardRows(
            $"d{name}{CellNames.Capitalized(state)}Carried", size, RowKind.PerSequence,
            $"gradient of {state}, from step to step");
        return new StatePlan(kept.Rows, kept.Initial, gradient, kept.Rows);
    }

    // What no forward program writes is a gradient that a backward program keeps for a later one.
    private RowBuffer AddSaved(string saved, int index)
    {
        string savedName = $"{name}{CellNames.Capitalized(saved)}";
        bool isWrittenForward = cell.Forward.Any(
            program => program.Stores.Any(store => store.Place == new ValuePlace(ValueKind.Saved, index)));
        return isWrittenForward
            ? builder.Rows(savedName, size, RowKind.PerStep, saved)
            : builder.BackwardRows(savedName, size, RowKind.PerStep, saved);
    }

    private OperandBuffers AddOperand(OperandPlan operand)
    {
        if (operand.State >= 0)
        {
            return new OperandBuffers(null, null);
        }

        string operandName = $"{name}{CellNames.Capitalized(operand.Name)}";
        return new OperandBuffers(
            builder.Rows(operandName, size, RowKind.PerStep, "what the recurrent weights of a later stage see"),
            builder.BackwardRows($"d{operandName}", size, RowKind.PerSequence, "its gradient"));
    }

    // Runs that lie side by side go back through one product.
    private IEnumerable<TransposedProduct> TransposedProducts(RecurrentProduct[] products, int groupBlocks)
    {
        var begun = new HashSet<int>();
        foreach (RecurrentProduct[] joined in Join(products))
        {
            int operand = joined[0].Operand;
            OperandPlan plan = cell.Operands[operand];
            int slots = joined.Sum(product => product.Slots);
            int groups = ((_blocks - 1) / groupBlocks) + 1;
            int segment = groupBlocks * slots * _lanes;
            int width = joined[0].Matrix.Depth;
            PanelMatrix transposed = AddTransposed(
                joined[0].Matrix.Name + "Transposed", (long)groups * segment, builder.Vectors(width));
            foreach (RecurrentProduct product in joined)
            {
                builder.Transposes.Add(new TransposePanels(
                    product.Matrix, transposed, segment, (product.FirstSlot - joined[0].FirstSlot) * _lanes, width, 1,
                        0));
            }

            bool started = plan.State >= 0
                && (cell.StateGradientStarted[plan.State] || (plan.State == 0 && projectedGradient is not null));
            int pass = plan.State >= 0 ? cell.Backward.Count - 1 : plan.Pass - 1;
            yield return new TransposedProduct(
                operand, pass, joined[0].FirstSlot, slots, transposed, !begun.Add(operand) || started);
        }
    }

    private static IEnumerable<RecurrentProduct[]> Join(RecurrentProduct[] products)
    {
        for (int first = 0; first < products.Length;)
        {
            int last = first;
            while (last + 1 < products.Length && products[last + 1].Operand == products[first].Operand
                && products[last + 1].FirstSlot == products[last].FirstSlot + products[last].Slots)
            {
                last++;
            }

            yield return products.Skip(first).Take(last - first + 1).ToArray();
            first = last + 1;
        }
    }

    private PanelMatrix AddTransposed(string matrixName, long depth, int vectors)
    {
        int panelVectors = builder.Target.PanelVectors(vectors);
        return builder.Matrix(
            builder.Transposed, matrixName, depth, vectors, panelVectors, $"[{depth}, {vectors * _lanes}]");
    }

    private void AddForward(RecurrencePlan plan, SlotRun[] inputRuns, NamedOffset? bias)
    {
        int biasStride = plan.Gates.RowStride;
        foreach (InputPart part in inputRuns.Length > 0 ? InputPart.Of(inputs, builder) : [])
        {
            using IDisposable? outside = part.IsLooped ? null : builder.OutsideLoop();
            Value input = part.Input;
            string sum = !part.IsFirst ? "+= " : hasBias ? "= b + " : "= ";
            builder.AddForward(new MultiplyRows(
                $"Project{name}{part.Suffix}",
                $"gates {sum}{part.Letter}·W   [R, {input.Size}] → [R, {_slots} × {size}]", input.Operand,
                RowKind.PerStep,
                inputRuns.Select(
                    run => builder.Product(input.Operand, part.Of(run.Matrix), new ProductTarget(
                        plan.GatesAt(run.First), plan.Gates.GroupStride, plan.Gates.RowStride, run.First * _lanes,
                        biasStride))).ToEquatableArray(),
                !part.IsFirst ? ProductStart.Target : hasBias ? ProductStart.Bias : ProductStart.Zero,
                part.IsFirst ? bias : null));
        }

        AddFill(plan, bias);
        if (builder.Loop is { } loop)
        {
            loop.AddForward(plan);
            return;
        }

        string direction = plan.IsReverse ? "from each sequence's end to its start" : "step by step";
        builder.AddForward(
            new LoopOperation(
                $"Run{name}", $"gates += h·U, then the {cell.Name} equations, {direction}", plan.AsLoop(),
                IsBackward: false));
    }

    // Nothing of a step is in them.
    private void AddFill(RecurrencePlan plan, NamedOffset? bias)
    {
        using IDisposable outside = builder.OutsideLoop();
        int filled = 0;
        foreach ((int First, int Count) run in Runs(slot => !slot.HasInput, plan.GroupBlocks))
        {
            builder.AddForward(new FillRows(
                $"Fill{name}{Number(filled++)}",
                $"gates = {(hasBias ? "b" : "0")}, where no input reaches them   [R, {run.Count} × {size}]",
                plan.GatesAt(run.First), plan.Groups, plan.Gates.GroupStride,
                plan.Gates.RowStride, run.Count * plan.GroupBlocks, bias, run.First * _lanes, plan.Gates.RowStride));
        }
    }
}

/// <param name="Step">Where a streaming step finds the layer's output.</param>
internal sealed record PlannedRecurrence(StepRow? Step, RecurrenceGradientBuilder Gradient);

/// <summary>Slots that lie side by side and share one weight matrix.</summary>
internal sealed record SlotRun(int First, int Count, PanelMatrix Matrix);
