using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

// Layers that make a row of a row: dense ones, and those that work on each number.
internal sealed partial class StepEmitter
{
    private void EmitDense(StepDense dense)
    {
        int full = dense.Matrix.Vectors / dense.GroupVectors;
        int rest = dense.Matrix.Vectors % dense.GroupVectors;
        code.Line($"V* weights = (V*)({Place(dense.Weights.Start)});");
        if (full == 1 && rest == 0)
        {
            EmitDenseGroup(dense, dense.GroupVectors);
            return;
        }

        using (code.Block(
            $"for (int unit = 0; unit < {(long)full * dense.GroupVectors * Lanes};"
                + $" unit += {dense.GroupVectors * Lanes})"))
        {
            EmitDenseGroup(dense, dense.GroupVectors);
        }

        if (rest > 0)
        {
            code.Line();
            using (code.Scope())
            {
                code.Line($"const int unit = {(long)full * dense.GroupVectors * Lanes};");
                EmitDenseGroup(dense, rest);
            }
        }
    }

    private void EmitDenseGroup(StepDense dense, int vectors)
    {
        string[] sums = [.. Enumerable.Range(0, vectors).Select(i => $"sum{i}")];
        EmitSums(sums, dense.Chains);
        EmitProduct("source", dense.Matrix.Depth, sums, dense.Chains);
        EmitTotals(sums, dense.Chains);

        for (int i = 0; i < vectors; i++)
        {
            string unit = dense.GroupVectors == dense.Matrix.Vectors ? "" : " + unit";
            string target = $"{Place(dense.Target.Start)}{unit}" + (i == 0 ? "" : $" + {i * Lanes}");
            if (dense.Activation is null)
            {
                code.Line($"*(V*)({target}) = sum{i};");
                continue;
            }

            using (code.Scope())
            {
                int at = i;
                new PointwiseEmitter(code, context, dense.Activation)
                {
                    VectorAt = _ => $"*(V*)({target})",
                    AtHand = new Dictionary<string, string> { [dense.Activation.Loads[0].Name] = $"sum{at}" },
                }.Emit();
            }
        }
    }

    private void EmitNarrowDense(StepNarrowDense dense)
    {
        NarrowMatrix matrix = dense.Matrix;
        bool isOne = matrix.Results == 1;
        string unit = isOne ? "" : " + unit";
        using (isOne ? null : code.Block($"for (int unit = 0; unit < {matrix.Results}; unit++)"))
        {
            string weights = $"{Place(matrix.Start)}" + (isOne ? "" : $" + (unit * {matrix.Stride})");
            code.Line($"state[{dense.Target.Name}{unit}] = DotProduct.Of<{Operations.Lanes}, {_number}>(");
            string start = dense.Bias is { } bias ? $"parameters[{bias.Name}{unit}]" : "0";
            code.Line($"    source, {weights}, length: {matrix.Inputs}, start: {start});");
        }

        if (dense.Activation is not { } activation)
        {
            return;
        }

        int vectors = (matrix.Results + Lanes - 1) / Lanes;
        using (vectors == 1 ? code.Scope() : code.Block($"for (int i = 0; i < {vectors}; i++)"))
        {
            string at = vectors == 1 ? "" : Lanes == 1 ? " + i" : $" + (i * {Lanes})";
            new PointwiseEmitter(code, context, activation)
            {
                VectorAt = _ => $"*(V*)({Place(dense.Target.Start)}{at})",
            }.Emit();
        }
    }

    private void EmitMap(StepMap map)
    {
        // The inputs first, then the result, as the equations count them.
        string[] rows = ["source", .. map.Sources.Skip(1).Select(row => Place(row.Start)), Place(map.Target.Start)];
        using (code.Block($"for (int i = 0; i < {(map.Size + Lanes - 1) / Lanes * Lanes}; i += {Lanes})"))
        {
            new PointwiseEmitter(code, context, map.Program)
            {
                VectorAt = place => $"*(V*)({rows[place.Index]} + i)",
                Taken = Surroundings,
            }.Emit();
        }
    }

    private void EmitPool(StepPool pool)
    {
        code.Line($"{_number}* target = {Place(pool.Target.Start)};");
        code.Line($"{_number} steps = state[{pool.Count.Name}] += 1;");
        if (pool.Kind == PoolKind.Max)
        {
            EmitMax(pool);
            return;
        }

        string lane = EmissionContext.Format(Operations.Broadcast, "share");
        code.Line($"{_number} share = 1 / steps;");
        using (code.Block($"for (int i = 0; i < {(pool.Size + Lanes - 1) / Lanes * Lanes}; i += {Lanes})"))
        {
            string old = "*(V*)(target + i)";
            string value = "*(V*)(source + i)";
            string difference = EmissionContext.Format(Operations.Subtract, value, old);
            code.Line($"{old} = {EmissionContext.Format(Operations.MultiplyAdd, difference, lane, old)};");
        }
    }

    private void EmitMax(StepPool pool)
    {
        using (code.Block($"for (int i = 0; i < {pool.Size}; i++)"))
        {
            code.Comment("Written so that a number that is none stays.");
            using (code.Block("if (steps == 1 || (!(source[i] <= target[i]) && target[i] == target[i]))"))
            {
                code.Line("target[i] = source[i];");
            }
        }
    }
}
