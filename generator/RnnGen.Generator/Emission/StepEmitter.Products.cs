using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>The products of a step: sums in registers, over weights in the order of their use.</summary>
internal sealed partial class StepEmitter
{
    private const int MostTurnsWritten = 4;
    private const int MostProductsWritten = 32;

    private void EmitFactors(StepRecurrence step, StepStage stage, Func<StepFactor, string[]> sums)
    {
        if (stage.IsJoined(step.Layer.Size))
        {
            EmitJoined(step, stage, sums(stage.Factors[0]));
            return;
        }

        foreach (StepFactor factor in stage.Factors)
        {
            code.Comment($"{Slots(step, factor)} += {Product(step, factor)}");
            if (factor.Operand < 0)
            {
                EmitProduct("source", factor.Depth, sums(factor), stage.Chains);
                continue;
            }

            using (code.Scope())
            {
                code.Line($"{_number}* operand = {OperandStart(step, factor.Operand)};");
                EmitProduct("operand", factor.Depth, sums(factor), stage.Chains);
            }
        }
    }

    // One loop for all operands.
    private void EmitJoined(StepRecurrence step, StepStage stage, string[] sums)
    {
        StepFactor[] factors = [.. stage.Factors];
        string[] starts = [.. factors.Select(
            factor => factor.Operand < 0 ? "source" : OperandStart(step, factor.Operand))];
        string[] depths = [.. factors.Select(factor => Text(factor.Depth))];
        string products = string.Join(" + ", factors.Select(factor => Product(step, factor)));
        code.Comment($"{Slots(step, factors[0])} += {products}");
        code.Comment("In one loop: the same instructions read all weights, which are one stream to the processor.");
        using (code.Block($"for (int part = 0; part < {factors.Length}; part++)"))
        {
            code.Line($"{_number}* operand = {OfPart(starts)};");
            code.Line($"int depth = {OfPart(depths)};");
            using (code.Block($"for (int k = 0; k < depth; k++, weights += {sums.Length})"))
            {
                EmitRow("operand[k]", sums, row: 0, chains: 1, isOnly: true);
            }
        }
    }

    // What a part has of its own, as C#.
    private static string OfPart(string[] values)
    {
        IEnumerable<string> choices = values.Take(values.Length - 1).Select((value, i) => $"part == {i} ? {value} : ");
        return values.Distinct().Count() == 1 ? values[0] : string.Concat(choices) + values.Last();
    }

    private static string Slots(StepRecurrence step, StepFactor factor) =>
        string.Join(", ", factor.Slots.Select(slot => step.Layer.Cell.Slots[slot].Name));

    private static string Product(StepRecurrence step, StepFactor factor) =>
        factor.Operand < 0 ? "x·W" : $"{step.Layer.Cell.Operands[factor.Operand].Name}·U";

    // The first sum of each result starts from the bias, the others from zero.
    private void EmitSums(string[] sums, int chains)
    {
        code.List("V ", sums.Select((sum, i) => $"{sum} = weights[{i}]"), ";");
        for (int chain = 1; chain < chains; chain++)
        {
            int current = chain;
            code.List("V ", sums.Select(sum => $"{Chain(sum, current)} = {context.Zero}"), ";");
        }

        code.Line($"weights += {sums.Length};");
    }

    // operand[k] · row k of the weights, for all k; k goes to sum k mod chains.
    private void EmitProduct(string operand, int depth, string[] sums, int chains)
    {
        // A few turns are written out: the loop around them would cost a small step a tenth of its time.
        bool isShort = depth < 2 * chains
            || (depth <= MostTurnsWritten * chains && sums.Length <= StepStage.WantedSums
                && depth * sums.Length <= MostProductsWritten);
        int together = isShort ? 0 : depth / chains * chains;
        if (together > 0)
        {
            string step = chains == 1 ? "k++" : $"k += {chains}";
            using (code.Block($"for (int k = 0; k < {together}; {step}, weights += {chains * sums.Length})"))
            {
                for (int chain = 0; chain < chains; chain++)
                {
                    string k = chain == 0 ? "k" : $"k + {chain}";
                    EmitRow($"{operand}[{k}]", sums, chain, chains, isOnly: chains == 1);
                }
            }
        }

        if (together == depth)
        {
            return;
        }

        using (code.Scope())
        {
            for (int i = together; i < depth; i++)
            {
                EmitRow($"{operand}[{i}]", sums, i - together, chains, isOnly: depth - together == 1);
            }
        }

        code.Line($"weights += {(depth - together) * sums.Length};");
    }

    // One row of the weights; the rows of a loop's body, or of what is left behind it, follow one another.
    private void EmitRow(string number, string[] sums, int row, int chains, bool isOnly)
    {
        string value = isOnly ? "value" : $"value{row}";
        code.Line($"V {value} = {EmissionContext.Format(Operations.Broadcast, number)};");
        for (int i = 0; i < sums.Length; i++)
        {
            string sum = Chain(sums[i], row % chains);
            string weight = $"weights[{(row * sums.Length) + i}]";
            code.Line($"{sum} = {EmissionContext.Format(Operations.MultiplyAdd, weight, value, sum)};");
        }
    }

    // ((0 + 1) + (2 + 3)), whatever the target.
    private void EmitTotals(string[] sums, int chains)
    {
        for (int distance = 1; distance < chains; distance *= 2)
        {
            for (int chain = 0; chain < chains; chain += 2 * distance)
            {
                foreach (string sum in sums)
                {
                    (string left, string right) = (Chain(sum, chain), Chain(sum, chain + distance));
                    code.Line($"{left} = {EmissionContext.Format(Operations.Add, left, right)};");
                }
            }
        }
    }

    private static string Chain(string sum, int chain) => chain == 0 ? sum : $"{sum}Part{chain}";
}
