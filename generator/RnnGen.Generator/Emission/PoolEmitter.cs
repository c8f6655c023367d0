using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits pooling over time. Workers share the sequences.</summary>
internal sealed class PoolEmitter(CodeWriter code, EmissionContext context) : OperationEmitter(code, context)
{
    public void Emit(PassOperation operation)
    {
        using (Method(operation))
        {
            if (operation is PoolRows forward)
            {
                EmitForward(forward);
            }
            else if (operation is PoolRowsBackward backward)
            {
                EmitBackward(backward);
            }
        }
    }

    private void EmitForward(PoolRows pool)
    {
        using (Code.Block("for (int i = first; i < end; i++)"))
        {
            Code.Line($"{Number}* target = {Place(pool.Target.Start)} + (nint)i * {pool.Target.Stride};");
            switch (pool.Kind)
            {
                case PoolKind.Last:
                    EmitLast(
                        pool.Reverse, pool.Source,
                        (piece, row) => EmitCopy(At("target", piece), row, piece.Width));
                    break;
                case PoolKind.Mean:
                    EmitMean(pool);
                    break;
                default:
                    EmitMax(pool);
                    break;
            }
        }
    }

    // The direction from end to start has its last row at the first step.
    private void EmitLast(EquatableArray<ColumnRun> reverse, RowBuffer source, Action<ColumnRun, string> emit)
    {
        Code.Line($"int last = pass.StepOffset[pass.Lengths[i] - 1] + i;");
        foreach ((ColumnRun piece, bool isReverse) in Pieces(reverse, source))
        {
            string row = isReverse ? "i" : "last";
            emit(piece, $"{Place(source.Start)} + (nint){row} * {source.Stride}"
                + (piece.From == 0 ? "" : $" + {piece.From}"));
        }
    }

    // The whole row, cut where the direction changes.
    private static IEnumerable<(ColumnRun Piece, bool IsReverse)> Pieces(
        EquatableArray<ColumnRun> reverse, RowBuffer source)
    {
        int end = 0;
        foreach (ColumnRun run in reverse.OrderBy(run => run.From))
        {
            if (run.From > end)
            {
                yield return (new ColumnRun(end, end, run.From - end), false);
            }

            yield return (run, true);
            end = run.From + run.Width;
        }

        if (source.Stride > end)
        {
            yield return (new ColumnRun(end, end, source.Stride - end), false);
        }
    }

    private static string At(string row, ColumnRun piece) => piece.To == 0 ? row : $"{row} + {piece.To}";

    private void EmitCopy(string target, string source, NamedNumber length)
    {
        Code.Line(
            $"new Span<{Number}>({source}, {length}).CopyTo(new Span<{Number}>({target}, {length}));");
    }

    private void EmitMean(PoolRows pool)
    {
        NamedNumber stride = pool.Target.Stride;
        Code.Line($"new Span<{Number}>(target, {stride}).Clear();");
        using (Code.Block("for (int t = 0; t < pass.Lengths[i]; t++)"))
        {
            Code.Line(
                $"{Number}* source = {Place(pool.Source.Start)}"
                    + $" + (nint)(pass.StepOffset[t] + i) * {pool.Source.Stride};");
            using (Code.Block($"for (int j = 0; j < {stride}; j += {Lanes})"))
            {
                Code.Line(
                    "*(V*)(target + j) = "
                        + EmissionContext.Format(Operations.Add, "*(V*)(target + j)", "*(V*)(source + j)") + ";");
            }
        }

        Code.Line();
        Code.Line($"{Number} share = 1 / ({Number})pass.Lengths[i];");
        using (Code.Block($"for (int j = 0; j < {stride}; j += {Lanes})"))
        {
            string factor = EmissionContext.Format(Operations.Broadcast, "share");
            Code.Line(
                $"*(V*)(target + j) ="
                    + $" {EmissionContext.Format(Operations.Multiply, "*(V*)(target + j)", factor)};");
        }
    }

    private void EmitMax(PoolRows pool)
    {
        Code.Line($"{Number}* steps = {Place(pool.Steps!.Start)} + (nint)i * {pool.Steps.Stride};");
        EmitCopy("target", $"{Place(pool.Source.Start)} + (nint)i * {pool.Source.Stride}", pool.Target.Stride);
        Code.Line($"new Span<{Number}>(steps, {pool.Steps.Stride}).Clear();");
        using (Code.Block("for (int t = 1; t < pass.Lengths[i]; t++)"))
        {
            Code.Line(
                $"{Number}* source = {Place(pool.Source.Start)}"
                    + $" + (nint)(pass.StepOffset[t] + i) * {pool.Source.Stride};");
            using (Code.Block($"for (int j = 0; j < {pool.Target.Stride}; j++)"))
            {
                Code.Comment("Written so that a number that is none stays.");
                using (Code.Block("if (!(source[j] <= target[j]) && target[j] == target[j])"))
                {
                    Code.Line("target[j] = source[j];\nsteps[j] = t;");
                }
            }
        }
    }

    private void EmitBackward(PoolRowsBackward pool)
    {
        using (Code.Block("for (int i = first; i < end; i++)"))
        {
            Code.Line($"{Number}* gradient = {Place(pool.Target.Start)} + (nint)i * {pool.Target.Stride};");
            if (pool.Kind == PoolKind.Max)
            {
                Code.Line($"{Number}* steps = {Place(pool.Steps!.Start)} + (nint)i * {pool.Steps.Stride};");
            }

            if (pool.Kind == PoolKind.Mean)
            {
                Code.Line($"{Number} share = 1 / ({Number})pass.Lengths[i];");
            }

            if (pool.Kind != PoolKind.Last || !pool.Adds)
            {
                EmitBackwardSteps(pool);
            }

            if (pool.Kind == PoolKind.Last)
            {
                Code.Line();
                EmitLast(pool.Reverse, pool.Source, (piece, row) => EmitLastGradient(pool, piece, row));
            }
        }
    }

    private void EmitBackwardSteps(PoolRowsBackward pool)
    {
        using (Code.Block("for (int t = 0; t < pass.Lengths[i]; t++)"))
        {
            string row = $"(nint)(pass.StepOffset[t] + i) * {pool.Source.Stride}";
            Code.Line($"{Number}* source = {Place(pool.Source.Start)} + ({row});");
            using (Code.Block($"for (int j = 0; j < {pool.Source.Stride}; j++)"))
            {
                string equals = pool.Adds ? "+=" : "=";
                Code.Line(pool.Kind switch
                {
                    PoolKind.Mean => $"source[j] {equals} gradient[j] * share;",
                    PoolKind.Max => $"source[j] {equals} steps[j] == t ? gradient[j] : 0;",
                    _ => "source[j] = 0;",
                });
            }
        }
    }

    private void EmitLastGradient(PoolRowsBackward pool, ColumnRun piece, string row)
    {
        string from = At("gradient", piece);
        if (pool.Adds)
        {
            Code.Line($"RowAddition.Add<{Operations.Lanes}, {Number}>(\n    {from},\n    {row}, {piece.Width});");
        }
        else
        {
            EmitCopy(row, from, piece.Width);
        }
    }
}
