using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Rows of numbers from outside: the batch's own memory, read where it lies.</summary>
internal sealed class InputLayer : Layer
{
    public override LayerRole Role => LayerRole.Source;

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) => layer.Integer("features", 0);

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        int features = OutputSize(layer, []);
        RowBuffer? gradient = !layer.Flag("Gradient") ? null : builder.BackwardRows(
            $"d{PlanBuilder.Identifier(builder.LayerName)}Rows", features, RowKind.PerStep, "gradient of the inputs");
        FeedPlan feed = builder.AddFeed(
            builder.InputName, RowKind.PerStep, indices: 0, features, isTarget: false, gradient);
        return new Value
        {
            Rows = new RowBuffer(feed.Start, features, 1, features, features, RowKind.PerStep),
            Gradient = gradient,
            Step = new StepRow(feed.Start),
        };
    }
}
