using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>
/// The tensors of a recurrent layer in PyTorch's names: weight_ih, weight_hh, bias_ih and bias_hh hold the gates one
/// below the other, in the order of the cell's parameters.
/// </summary>
internal sealed class RecurrentTensors(
    PlanBuilder builder, CellSpec spec, CellPlan cell, string prefix, string suffix, int size, int inputSize,
        int groupBlocks,
    NamedOffset? bias, SlotRun[] inputRuns, RecurrentProduct[] products, EquatableArray<NamedOffset> weights)
{
    private readonly int _blocks = builder.Vectors(size);

    public void Add()
    {
        AddTensor("weight_ih", inputSize, gate => InputSlot(gate), InputLayout, InitialKind.XavierUniform);
        AddTensor(
            "weight_hh", products.Length == 0 ? size : products[0].Matrix.Depth, gate => RecurrentSlot(gate),
            RecurrentLayout, InitialKind.Orthogonal);
        if (bias is not null)
        {
            AddBias(bias, "bias_ih", gate => (FirstSlot(gate), false));
            AddBias(
                bias, "bias_hh",
                gate => SecondSlot(gate) is >= 0 and var slot ? (slot, false) : (FirstSlot(gate), true));
        }

        for (int weight = 0; weight < weights.Count; weight++)
        {
            builder.ParameterCount += size;
            builder.Tensors.Add(new TensorPlan(
                $"{prefix}.{PlanBuilder.SnakeCase(spec.Weights[weight])}{suffix}", new([size]),
                new([new TensorPartPlan(0, size, 1, new RowLayout(weights[weight], 1), InitialValues.Zero)])));
        }
    }

    private int InputSlot(int gate) => Find(gate, slot => slot.HasInput);

    private int RecurrentSlot(int gate) => Find(gate, slot => slot.Operand >= 0);

    private int FirstSlot(int gate) => InputSlot(gate) is >= 0 and var slot ? slot : RecurrentSlot(gate);

    // A gate applied to its operands apart has two biases.
    private int SecondSlot(int gate) =>
        InputSlot(gate) >= 0 && RecurrentSlot(gate) != InputSlot(gate) ? RecurrentSlot(gate) : -1;

    private int Find(int gate, Func<SlotPlan, bool> fits)
    {
        for (int slot = 0; slot < cell.Slots.Count; slot++)
        {
            if (cell.Slots[slot].Gate == gate && fits(cell.Slots[slot]))
            {
                return slot;
            }
        }

        return -1;
    }

    private void AddTensor(
        string kind, int columns, Func<int, int> slotOf, Func<int, TensorLayout> layoutOf, InitialKind initial)
    {
        int[] gates = [.. Enumerable.Range(0, spec.Gates.Count).Where(gate => slotOf(gate) >= 0)];
        if (gates.Length == 0)
        {
            return;
        }

        builder.ParameterCount += gates.Length * size * columns;
        builder.Tensors.Add(new TensorPlan(
            $"{prefix}.{kind}{suffix}", new([gates.Length * size, columns]),
            gates.Select((gate, i) => new TensorPartPlan(
                i * size, size, columns, layoutOf(slotOf(gate)), new InitialValues(initial), spec.Gates[gate].Negated))
                    .ToEquatableArray()));
    }

    private void AddBias(NamedOffset place, string kind, Func<int, (int Slot, bool IsAddend)> slotOf)
    {
        var parts = new List<TensorPartPlan>();
        for (int gate = 0; gate < spec.Gates.Count; gate++)
        {
            (int slot, bool isAddend) = slotOf(gate);
            var layout = new PanelLayout(
                place, 1, _blocks * cell.Slots.Count, groupBlocks * cell.Slots.Count, builder.Lanes, cell.Slots.Count,
                slot);
            bool starts = !isAddend && kind == "bias_ih" && spec.Gates[gate].InitialBias != 0;
            InitialValues initial = starts
                ? new InitialValues(InitialKind.Constant, spec.Gates[gate].InitialBias)
                : InitialValues.Zero;
            parts.Add(
                new TensorPartPlan(gate * size, size, 1, layout, initial, spec.Gates[gate].Negated, isAddend));
            builder.ParameterCount += isAddend ? 0 : size;
        }

        builder.Tensors.Add(
            new TensorPlan($"{prefix}.{kind}{suffix}", new([spec.Gates.Count * size]), parts.ToEquatableArray()));
    }

    private PanelLayout InputLayout(int slot)
    {
        SlotRun run = inputRuns.First(run => run.First <= slot && slot < run.First + run.Count);
        return PanelLayout.Of(run.Matrix, run.Count, slot - run.First);
    }

    private PanelLayout RecurrentLayout(int slot)
    {
        RecurrentProduct run = products.First(run => run.FirstSlot <= slot && slot < run.FirstSlot + run.Slots);
        return PanelLayout.Of(run.Matrix, run.Slots, slot - run.FirstSlot);
    }
}
