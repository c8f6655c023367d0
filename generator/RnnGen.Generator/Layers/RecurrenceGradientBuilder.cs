using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Plans the backward operations of one recurrent layer in one direction.</summary>
internal sealed class RecurrenceGradientBuilder(
    PlanBuilder builder, CellSpec spec, IReadOnlyList<Value> inputs, RecurrencePlan plan, SlotRun[] inputRuns,
    NamedOffset? bias)
{
    /// <summary>Adds the way back through time and the gradients of the weights.</summary>
    public void AddWeights()
    {
        if (builder.Loop is { } loop)
        {
            loop.AddBackward(plan);
        }
        else
        {
            builder.AddBackward(new LoopOperation(
                $"Run{plan.Name}Backward", $"gradients of the {plan.Cell.Name} equations, dh = dgates·Uᵀ",
                plan.AsLoop(), IsBackward: true));
        }

        foreach (InputPart part in InputPart.Of(inputs, builder))
        {
            foreach (SlotRun run in inputRuns)
            {
                builder.AddBackward(new WeightGradient(
                    $"Differentiate{run.Matrix.Name}{part.Suffix}",
                    $"dW = {part.Letter}ᵀ·dgates   [{part.Input.Size}, {run.Count} × {plan.Size}]",
                    part.Input.Operand, RowKind.PerStep, RowAlignment.Same, part.Of(run.Matrix),
                    plan.GatesAt(run.First), plan.Gates.GroupStride, plan.Gates.RowStride));
            }
        }

        foreach (RecurrentProduct product in plan.Products)
        {
            builder.AddBackward(RecurrentGradient(product));
        }

        if (bias is not null)
        {
            int slots = plan.Cell.Slots.Count;
            builder.AddBackward(new SumRows(
                $"Differentiate{plan.Name}Bias", $"db = sum of dgates   [{slots} × {plan.Size}]", RowKind.PerStep,
                plan.GatesAt(0), plan.Groups, plan.Gates.GroupStride, plan.Gates.RowStride, plan.GroupBlocks * slots,
                bias, plan.Blocks * slots));
        }

        for (int weight = 0; weight < plan.Weights.Count; weight++)
        {
            RowBuffer rows = plan.WeightGradients[weight];
            builder.AddBackward(new SumRows(
                $"Differentiate{plan.Weights[weight].Name}", $"d{spec.Weights[weight]}   [{plan.Size}]",
                RowKind.PerStep, rows.Start, 1, 0, rows.Stride, plan.Blocks, plan.Weights[weight], plan.Blocks));
        }
    }

    private WeightGradient RecurrentGradient(RecurrentProduct product)
    {
        int state = plan.Cell.Operands[product.Operand].State;
        RowBuffer rows = state < 0 ? plan.Operands[product.Operand].Rows! : plan.States[state].Initial;
        RowAlignment alignment = state < 0 ? RowAlignment.Same : plan.IsReverse ? RowAlignment.StepAfter
            : RowAlignment.StepBefore;
        return new WeightGradient(
            $"Differentiate{product.Matrix.Name}", $"dU = hᵀ·dgates   [{rows.Width}, {product.Slots} × {plan.Size}]",
            Value.OperandOf(rows), RowKind.PerStep, alignment, product.Matrix, plan.GatesAt(product.FirstSlot),
            plan.Gates.GroupStride, plan.Gates.RowStride);
    }

    /// <summary>
    /// Adds the gradient of the input. It comes after the gradients of all directions' weights: these still read the
    /// input, which a linear layer gives up for its gradient.
    /// </summary>
    public void AddInput()
    {
        foreach (InputPart part in InputPart.Of(inputs, builder))
        {
            if (part.Input.Gradient is { } gradient)
            {
                using IDisposable? outside = part.IsLooped ? null : builder.OutsideLoop();
                AddInput(part, gradient);
            }
        }
    }

    private void AddInput(InputPart part, RowBuffer gradient)
    {
        // Slots that the input feeds, joined where they lie side by side.
        List<List<SlotRun>> joined = inputRuns.Aggregate(new List<List<SlotRun>>(), Joined);
        for (int i = 0; i < joined.Count; i++)
        {
            int slots = joined[i].Sum(run => run.Count);
            int segment = plan.GroupBlocks * slots * plan.Lanes;
            string number = RecurrenceBuilder.Number(i);
            PanelMatrix transposed = DenseLayer.InputGradientMatrix(
                $"{plan.Name}InputTransposed{part.Suffix}{number}", (long)plan.Groups * segment, gradient, builder);
            foreach (SlotRun run in joined[i])
            {
                builder.Transposes.Add(new TransposePanels(
                    part.Of(run.Matrix), transposed, segment, (run.First - joined[i][0].First) * plan.Lanes,
                    gradient.Width, gradient.Segments, gradient.SegmentStride));
            }

            var rows = new MatrixOperand(
                plan.GatesAt(joined[i][0].First), plan.Gates.RowStride, plan.Groups, segment, plan.Gates.GroupStride);
            ProductTarget target = DenseLayer.InputGradientTarget(gradient, transposed, builder);
            builder.AddBackward(new MultiplyRows(
                $"Differentiate{plan.Name}Inputs{part.Suffix}{number}",
                $"d{part.Letter} = dgates·Wᵀ   [R, {slots} × {plan.Size}] → [R, {part.Input.Size}]", rows,
                RowKind.PerStep,
                new([builder.Product(rows, transposed, target)]), ProductStart.Zero, null, gradient));
        }
    }

    private static List<List<SlotRun>> Joined(List<List<SlotRun>> lists, SlotRun run)
    {
        if (lists.Count > 0 && lists[lists.Count - 1].Last() is var last && last.First + last.Count == run.First)
        {
            lists[lists.Count - 1].Add(run);
        }
        else
        {
            lists.Add([run]);
        }

        return lists;
    }
}
