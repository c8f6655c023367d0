using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>A learned row for each token.</summary>
internal sealed class EmbeddingLayer : Layer
{
    public override LayerRole Role => LayerRole.Source;

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) => layer.Integer("size", 0);

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        string prefix = builder.LayerName;
        string name = PlanBuilder.Identifier(prefix);
        int vocabulary = layer.Integer("vocabulary", 0);
        int size = OutputSize(layer, []);
        int stride = builder.Padded(size);
        FeedPlan tokens = builder.AddFeed(builder.InputName, RowKind.PerStep, vocabulary, width: 1, isTarget: false);
        builder.ParameterCount += vocabulary * size;
        NamedOffset table = builder.Parameters.Add(
            $"{name}Table", Saturating.Product(vocabulary, builder.Padded((long)size)),
            $"[{vocabulary}, {size}] a row for each token");
        builder.Tensors.Add(new TensorPlan(
            $"{prefix}.weight",
            new([vocabulary, size]),
            new([new TensorPartPlan(
                0, vocabulary, size, new RowLayout(table, stride), new InitialValues(InitialKind.Normal))])));

        RowBuffer rows = builder.Rows($"{name}Rows", size, RowKind.PerStep, "the tokens' rows");
        RowBuffer gradient = builder.BackwardRows(
            $"d{name}Rows", size, RowKind.PerStep, "gradient of the tokens' rows");
        builder.AddForward(
            new GatherRows(
                $"Gather{name}", $"rows = table[tokens]   [R] → [R, {size}]", tokens, table, stride, rows));
        builder.BeginBackward();
        builder.AddBackward(new ScatterRows(
            $"Scatter{name}", $"dtable[tokens] += drows   [R, {size}]", tokens, table, stride, vocabulary, gradient));
        return new Value
        {
            Rows = rows,
            Gradient = gradient,
            Step = new StepRow(table.Start, stride),
        };
    }
}
