using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>How queries are compared with rows.</summary>
/// <param name="ProjectsQuery">The query is multiplied with a matrix first.</param>
/// <param name="ProjectsKeys">So are the rows.</param>
/// <param name="Scale">Of the units of a query what scores are multiplied with.</param>
internal sealed record Score(
    string Name, bool ProjectsQuery, bool ProjectsKeys, Func<ScoreEquations> Equations, Func<int, double> Scale)
{
    public static IReadOnlyList<Score> All { get; } =
    [
        new("Dot", false, false, Product, _ => 1),
        new("ScaledDot", false, false, Product, units => 1 / Math.Sqrt(units)),
        new("General", false, true, Product, _ => 1),
        new("Additive", true, true, () => new((v, query, key) => v * (query + key).To("Tanh")), _ => 1),
    ];

    public static Score Of(LayerSpec layer)
    {
        string? name = layer.Text("score");
        return All.FirstOrDefault(score => score.Name == name) ?? All[0];
    }

    private static ScoreEquations Product() => new((query, key) => query * key);
}

/// <summary>Plans attention: over all rows at once, or within a loop where the query comes from the step before.
/// </summary>
/// <param name="prefix">What the names of its tensors begin with.</param>
/// <param name="units">Numbers of a projected query or key.</param>
/// <param name="memory">The rows that are attended to.</param>
/// <param name="from">Their axis.</param>
internal sealed class Attention(
    string prefix, Score score, int units, Value memory, AxisPlan from, PlanBuilder builder)
{
    private readonly string _name = PlanBuilder.Identifier(prefix);

    /// <summary>Adds the attention of the rows of a query, and its gradient.</summary>
    /// <returns>The contexts.</returns>
    public Value Attend(Value asking)
    {
        Value query = RowMap.Even(asking, $"{_name}Query", builder);
        if (score.ProjectsQuery)
        {
            query = DenseLayer.Linear($"{prefix}.query", query, units, builder);
        }

        (Value rows, Value keys) = PlanKeys(query.Size);
        ScoreEquations equations = score.Equations();
        NamedOffset? weights = equations.HasWeights ? AddScoreWeights(query.Size) : null;
        var plan = new AttentionPlan
        {
            From = from,
            Query = query.Rows!,
            Keys = keys.Rows!,
            Memory = rows.Rows!,
            Weights = builder.Rows($"{_name}Weights", from.Steps, RowKind.PerStep, "how much each row is attended to"),
            Context = builder.Rows($"{_name}Context", rows.Size, RowKind.PerStep, "sums of rows by these weights"),
            ScoreWeights = weights,
            Score = equations.Forward(),
            Scale = score.Scale(query.Size),
        };
        builder.Attentions.Add(new AttentionView(
            prefix.Substring(prefix.IndexOf('.') + 1), builder.Axis, from, plan.Weights));
        RowBuffer gradient = builder.BackwardRows($"d{_name}Context", rows.Size, RowKind.PerStep, "its gradient");
        builder.AddForward(new AttendRows(
            $"Attend{_name}", $"{prefix}: weights of the {from.Name}'s rows, and their sum   [R, {rows.Size}]", plan));
        builder.AddFlops(2L * from.Steps * (query.Size + rows.Size));
        AddGradient(plan, equations, query, keys, rows, gradient, weights);
        return new Value { Rows = plan.Context, Gradient = gradient };
    }

    private (Value Rows, Value Keys) PlanKeys(int querySize)
    {
        using IDisposable along = builder.Along(from);
        Value rows = RowMap.Even(memory, $"{_name}Memory", builder);
        return (rows, score.ProjectsKeys
            ? DenseLayer.Linear($"{prefix}.key", rows, score.ProjectsQuery ? units : querySize, builder)
            : rows);
    }

    private NamedOffset AddScoreWeights(int size)
    {
        NamedOffset place = builder.Parameters.Add(
            $"{_name}ScoreWeights", builder.Padded((long)size), $"[{size}]");
        builder.ParameterCount += size;

        // A layer of one result in PyTorch.
        builder.Tensors.Add(new TensorPlan($"{prefix}.score.weight", new([1, size]), new(
            [new TensorPartPlan(
                0, 1, size, new RowLayout(place, builder.Padded(size)),
                new InitialValues(InitialKind.XavierUniform))])));
        return place;
    }

    private void AddGradient(
        AttentionPlan plan, ScoreEquations equations, Value query, Value keys, Value rows, RowBuffer gradient,
        NamedOffset? weights)
    {
        RowBuffer? parts = weights is null ? null : builder.BackwardRows(
            $"d{weights.Name}Rows", query.Size, RowKind.PerStep, "each row's part of the gradient");
        RowBuffer queryGradient = query.Gradient ?? builder.BackwardRows(
            $"d{_name}Query", query.Size, RowKind.PerStep, "gradient of the queries, which nobody asks for");
        RowBuffer slopes = builder.BackwardRows(
            $"d{_name}Weights", from.Steps, RowKind.PerStep, "gradient of the weights");
        RowBuffer keyGradient = KeyGradient(keys);
        builder.BeginBackward();
        builder.AddBackward(new AttendGradient(
            $"Attend{_name}Backward", $"gradients of queries, keys and rows that {prefix} attends to", plan,
            equations.Backward(), gradient, queryGradient, keyGradient, rows.Gradient, slopes, parts,
            builder.Loop is null ? RowKind.PerSequence : RowKind.PerStep));
        if (weights is not null)
        {
            int vectors = builder.Vectors(query.Size);
            builder.AddBackward(new SumRows(
                $"Differentiate{weights.Name}", $"dv = sum of its rows' parts   [{query.Size}]", RowKind.PerStep,
                parts!.Start, 1, 0, parts.Stride, vectors, weights, vectors));
        }

        using IDisposable along = builder.Along(from);
        foreach (RowBuffer target in new[] { keyGradient, rows.Gradient }.OfType<RowBuffer>().Distinct())
        {
            builder.AddBeforeBackward(new ClearRows(
                $"Clear{_name}", $"gradient of rows that {prefix} attends to   [R, {target.Size}]", target));
        }
    }

    private RowBuffer KeyGradient(Value keys)
    {
        using IDisposable along = builder.Along(from);
        return keys.Gradient ?? builder.BackwardRows(
            $"d{_name}Key", keys.Size, RowKind.PerStep, "gradient of the rows, which nobody asks for");
    }
}
