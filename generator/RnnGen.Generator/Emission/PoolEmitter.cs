using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits pooling over time. Workers share the sequences.</summary>
internal sealed class PoolEmitter(CodeWriter code, EmissionContext context)
{
    private readonly string _number = context.Number;

    public void Emit(PassOperation operation)
    {
        code.Line();
        code.Summary(operation.Comment);
        string pass = $"in Pass<{_number}> pass";
        using (code.Block($"private static void {operation.Method}({pass}, WorkerTeam team, int worker)"))
        {
            code.Line("int first = Share(pass.Batch, worker, team.Workers);");
            code.Line("int end = Share(pass.Batch, worker + 1, team.Workers);");
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

    private static string Text(long value) => EmissionContext.Text(value);

    private void EmitForward(PoolRows pool)
    {
        using (code.Block("for (int i = first; i < end; i++)"))
        {
            code.Line($"{_number}* target = {pool.Target.Start} + (nint)i * {pool.Target.Stride};");
            switch (pool.Kind)
            {
                case PoolKind.Last:
                    EmitLast(
                        pool.Reversed, pool.Source, (segment, row) =>
                        EmitCopy(
                        $"target + {segment * pool.Target.SegmentStride}", row, pool.Target.SegmentStride));
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
    private void EmitLast(bool reversed, RowBuffer source, Action<int, string> emit)
    {
        code.Line($"int last = pass.StepOffset[pass.Lengths[i] - 1] + i;");
        for (int segment = 0; segment < source.Segments; segment++)
        {
            string row = reversed && segment == 1 ? "i" : "last";
            emit(segment,
                $"{source.Start} + (nint){row} * {source.Stride} + {segment * source.SegmentStride}");
        }
    }

    private void EmitCopy(string target, string source, int length)
    {
        code.Line(
            $"new Span<{_number}>({source}, {length}).CopyTo(new Span<{_number}>({target}, {length}));");
    }

    private void EmitMean(PoolRows pool)
    {
        string stride = Text(pool.Target.Stride);
        code.Line($"new Span<{_number}>(target, {stride}).Clear();");
        using (code.Block("for (int t = 0; t < pass.Lengths[i]; t++)"))
        {
            code.Line(
                $"{_number}* source = {pool.Source.Start} + (nint)(pass.StepOffset[t] + i) * {pool.Source.Stride};");
            using (code.Block($"for (int j = 0; j < {stride}; j += {context.Lanes})"))
            {
                code.Line(
                    "*(V*)(target + j) = "
                        + EmissionContext.Format(context.Operations.Add, "*(V*)(target + j)", "*(V*)(source + j)") + ";");
            }
        }

        code.Line();
        code.Line($"{_number} share = 1 / ({_number})pass.Lengths[i];");
        using (code.Block($"for (int j = 0; j < {stride}; j += {context.Lanes})"))
        {
            string factor = EmissionContext.Format(context.Operations.Broadcast, "share");
            code.Line(
                $"*(V*)(target + j) ="
                    + $" {EmissionContext.Format(context.Operations.Multiply, "*(V*)(target + j)", factor)};");
        }
    }

    private void EmitMax(PoolRows pool)
    {
        code.Line($"{_number}* steps = {pool.Steps!.Start} + (nint)i * {pool.Steps.Stride};");
        EmitCopy("target", $"{pool.Source.Start} + (nint)i * {pool.Source.Stride}", pool.Target.Stride);
        code.Line($"new Span<{_number}>(steps, {pool.Steps.Stride}).Clear();");
        using (code.Block("for (int t = 1; t < pass.Lengths[i]; t++)"))
        {
            code.Line(
                $"{_number}* source = {pool.Source.Start} + (nint)(pass.StepOffset[t] + i) * {pool.Source.Stride};");
            using (code.Block($"for (int j = 0; j < {pool.Target.Stride}; j++)"))
            {
                code.Comment("Written so that a number that is none stays.");
                using (code.Block("if (!(source[j] <= target[j]) && target[j] == target[j])"))
                {
                    code.Line("target[j] = source[j];\nsteps[j] = t;");
                }
            }
        }
    }

    private void EmitBackward(PoolRowsBackward pool)
    {
        using (code.Block("for (int i = first; i < end; i++)"))
        {
            code.Line($"{_number}* gradient = {pool.Target.Start} + (nint)i * {pool.Target.Stride};");
            if (pool.Kind == PoolKind.Max)
            {
                code.Line($"{_number}* steps = {pool.Steps!.Start} + (nint)i * {pool.Steps.Stride};");
            }

            if (pool.Kind == PoolKind.Mean)
            {
                code.Line($"{_number} share = 1 / ({_number})pass.Lengths[i];");
            }

            using (code.Block("for (int t = 0; t < pass.Lengths[i]; t++)"))
            {
                string row = $"(nint)(pass.StepOffset[t] + i) * {pool.Source.Stride}";
                code.Line($"{_number}* source = {pool.Source.Start} + ({row});");
                using (code.Block($"for (int j = 0; j < {pool.Source.Stride}; j++)"))
                {
                    code.Line(pool.Kind switch
                    {
                        PoolKind.Mean => "source[j] = gradient[j] * share;",
                        PoolKind.Max => "source[j] = steps[j] == t ? gradient[j] : 0;",
                        _ => "source[j] = 0;",
                    });
                }
            }

            if (pool.Kind == PoolKind.Last)
            {
                code.Line();
                EmitLast(
                    pool.Reversed, pool.Source, (segment, row) =>
                    EmitCopy(
                    row, $"gradient + {segment * pool.Target.SegmentStride}", pool.Target.SegmentStride));
            }
        }
    }
}
