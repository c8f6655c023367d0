using RnnGen.Generator.Equations;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits attention to another axis' rows, and its gradient.</summary>
internal sealed class AttentionEmitter(CodeWriter code, EmissionContext context) : OperationEmitter(code, context)
{
    // Vectors of a context that are added up at once: an addition must not wait for the one before.
    private const int ContextVectors = 4;

    public void Emit(AttendRows attend)
    {
        AttentionPlan plan = attend.Attention;
        var score = new RowProgramEmitter(Code, Context, plan.Score, plan.Query.Size) { IsSum = true };
        using (Method(attend, isKernel: true))
        {
            EmitPassOf(plan.From);
            score.EmitSums();
            score.EmitWeights(Weights(plan));
            using (EachRowOfSteps())
            {
                EmitPartner(plan, "row - pass.StepOffset[t]");
                Code.Line($"{Number}* rows0 = {Row(plan.Query)};");
                Code.Line($"{Number}* weights = {Row(plan.Weights)};");
                using (Code.Block("for (int s = 0; s < steps; s++)"))
                {
                    Code.Line($"{Number}* rows1 = {MemoryRow(plan, plan.Keys)};");
                    score.Emit();
                    Code.Line($"weights[s] = total0{Scale(plan)};");
                }

                Code.Line();
                Code.Line($"AttentionWeights.Row<{Operations.Lanes}, {Number}>("
                    + $"weights, steps, {plan.Weights.Stride});");
                Code.Line($"{Number}* context = {Row(plan.Context)};");
                EmitContext(plan);
            }
        }
    }

    public void Emit(AttendGradient gradient)
    {
        AttentionPlan plan = gradient.Attention;
        using (Method(gradient, isKernel: true))
        {
            EmitPassOf(plan.From);
            Code.Line($"{Number}* sums = stackalloc {Number}[{Lanes}];");
            foreach (string weights in Weights(plan))
            {
                Code.Line($"{Number}* weight0 = {weights};");
            }

            if (gradient.Range == RowKind.PerStep)
            {
                using (EachRowOfSteps())
                {
                    EmitPartner(plan, "row - pass.StepOffset[t]");
                    EmitGradientOfRow(gradient);
                }

                return;
            }

            using (Code.Block("for (int i = first; i < end; i++)"))
            {
                EmitPartner(plan, "i");
                using (Code.Block("for (int t = 0; t < pass.Lengths[i]; t++)"))
                {
                    Code.Line("int row = pass.StepOffset[t] + i;");
                    EmitGradientOfRow(gradient);
                }
            }
        }
    }

    private static IEnumerable<string> Weights(AttentionPlan plan) =>
        plan.ScoreWeights is { } weights ? [Place(weights.Start)] : [];

    private static string Row(RowBuffer rows) => $"{Place(rows.Start)} + ((nint)row * {rows.Stride})";

    // The row of step s of the partner.
    private static string MemoryRow(AttentionPlan plan, RowBuffer rows) =>
        $"{Place(rows.Start)} + ((nint)({plan.From.Name}.StepOffset[s] + partner) * {rows.Stride})";

    private string Scale(AttentionPlan plan) =>
        plan.Scale == 1 ? "" : $" * {VectorOperations.Number(plan.Scale, Context.Plan.Precision)}";

    private void EmitPartner(AttentionPlan plan, string sequence)
    {
        Code.Line($"int partner = pass.Partners[{sequence}];");
        Code.Line($"int steps = {plan.From.Name}.Lengths[partner];");
    }

    private void EmitContext(AttentionPlan plan)
    {
        int vectors = plan.Context.SegmentStride / Lanes * plan.Context.Segments;
        int together = Math.Min(ContextVectors, vectors);
        int whole = vectors / together * together;
        using (Code.Block($"for (int i = 0; i < {whole * Lanes}; i += {together * Lanes})"))
        {
            EmitSums(plan, together);
        }

        if (whole < vectors)
        {
            Code.Line();
            using (Code.Scope())
            {
                Code.Line($"const int i = {whole * Lanes};");
                EmitSums(plan, vectors - whole);
            }
        }
    }

    private void EmitSums(AttentionPlan plan, int vectors)
    {
        int[] all = [.. Enumerable.Range(0, vectors)];
        Code.Line($"V {string.Join(", ", all.Select(v => $"sum{v} = {Context.Zero}"))};");
        using (Code.Block("for (int s = 0; s < steps; s++)"))
        {
            Code.Line($"V share = {EmissionContext.Format(Operations.Broadcast, "weights[s]")};");
            Code.Line($"{Number}* values = {MemoryRow(plan, plan.Memory)} + i;");
            foreach (int v in all)
            {
                string value = v == 0 ? "*(V*)values" : $"*(V*)(values + {v * Lanes})";
                Code.Line($"sum{v} = {EmissionContext.Format(Operations.MultiplyAdd, "share", value, $"sum{v}")};");
            }
        }

        Code.Line();
        foreach (int v in all)
        {
            Code.Line($"*(V*)(context + i{(v == 0 ? "" : $" + {v * Lanes}")}) = sum{v};");
        }
    }

    private void EmitGradientOfRow(AttendGradient gradient)
    {
        AttentionPlan plan = gradient.Attention;
        Code.Line($"{Number}* weights = {Row(plan.Weights)};");
        Code.Line($"{Number}* slopes = {Row(gradient.Slopes)};");
        Code.Line($"{Number}* arriving = {Row(gradient.ContextGradient)};");
        Code.Line($"{Number} total = 0;");
        using (Code.Block("for (int s = 0; s < steps; s++)"))
        {
            EmitGradientOfWeight(gradient);
        }

        Code.Line();
        Code.Line($"{Number}* rows0 = {Row(plan.Query)};");
        Code.Line($"{Number}* rows2 = {Row(gradient.QueryGradient)};");
        if (!gradient.Adds)
        {
            Code.Line($"new Span<{Number}>(rows2, {gradient.QueryGradient.Stride}).Clear();");
        }

        if (gradient.ScoreWeightParts is { } parts)
        {
            Code.Line($"{Number}* rows4 = {Row(parts)};");
            Code.Line($"new Span<{Number}>(rows4, {parts.Stride}).Clear();");
        }

        using (Code.Block("for (int s = 0; s < steps; s++)"))
        {
            EmitGradientOfScore(gradient);
        }

        EmitPadding("rows2", gradient.QueryGradient);
        if (gradient.ScoreWeightParts is { } rows)
        {
            EmitPadding("rows4", rows);
        }
    }

    // Of a row its weight's gradient, and what the row gets of the context's.
    private void EmitGradientOfWeight(AttendGradient gradient)
    {
        AttentionPlan plan = gradient.Attention;
        Code.Line($"{Number}* values = {MemoryRow(plan, plan.Memory)};");
        if (gradient.MemoryGradient is { } memory)
        {
            Code.Line($"{Number}* valuesGradient = {MemoryRow(plan, memory)};");
            Code.Line($"V share = {EmissionContext.Format(Operations.Broadcast, "weights[s]")};");
        }

        Code.Line($"V sum = {Context.Zero};");
        using (Code.Block($"for (int j = 0; j < {gradient.ContextGradient.Stride}; j += {Lanes})"))
        {
            Code.Line("V part = *(V*)(arriving + j);");
            Code.Line($"sum = {EmissionContext.Format(Operations.MultiplyAdd, "part", "*(V*)(values + j)", "sum")};");
            if (gradient.MemoryGradient is not null)
            {
                string added = EmissionContext.Format(
                    Operations.MultiplyAdd, "share", "part", "*(V*)(valuesGradient + j)");
                Code.Line($"*(V*)(valuesGradient + j) = {added};");
            }
        }

        Code.Line();
        Code.Line("*(V*)sums = sum;");
        Code.Line($"slopes[s] = {Operations.Lanes}.Sum({Operations.Lanes}.Load(sums));");
        Code.Line("total += weights[s] * slopes[s];");
    }

    private void EmitGradientOfScore(AttendGradient gradient)
    {
        AttentionPlan plan = gradient.Attention;
        Code.Line($"{Number} slope = weights[s] * (slopes[s] - total){Scale(plan)};");
        Code.Line($"V {ScoreEquations.Slope} = {EmissionContext.Format(Operations.Broadcast, "slope")};");
        Code.Line($"{Number}* rows1 = {MemoryRow(plan, plan.Keys)};");
        Code.Line($"{Number}* rows3 = {MemoryRow(plan, gradient.KeyGradient)};");
        using (Code.Block($"for (int j = 0; j < {gradient.QueryGradient.Stride}; j += {Lanes})"))
        {
            new PointwiseEmitter(Code, Context, gradient.Program)
            {
                VectorAt = place => place.Kind == ValueKind.Weight ? "*(V*)(weight0 + j)"
                    : $"*(V*)(rows{Text(place.Index)} + j)",
                AtHand = new Dictionary<string, string> { [ScoreEquations.Slope] = ScoreEquations.Slope },
            }.Emit();
        }

        EmitPadding("rows3", gradient.KeyGradient);
    }

    private void EmitPadding(string row, RowBuffer rows)
    {
        if (rows.Stride.Value > rows.Size)
        {
            Code.Line();
            Code.Line($"new Span<{Number}>({row} + {rows.Size}, {rows.Stride.Value - rows.Size}).Clear();");
        }
    }
}
