using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Rows of numbers from outside: the batch's own memory, read where it lies.</summary>
internal sealed class InputLayer : Layer
{
    public override LayerRole Role => LayerRole.Source;

    public override int OutputSize(LayerSpec layer, int inputSize) => layer.Integer("features", 0);

    public override Value Plan(LayerSpec layer, Value input, PlanBuilder builder)
    {
        int features = OutputSize(layer, 0);
        FeedPlan feed = builder.AddFeed(builder.InputName, RowKind.PerStep, indices: 0, features, isTarget: false);
        return new Value
        {
            Rows = new RowBuffer(feed.Start, features, 1, features, features, RowKind.PerStep),
            Step = new StepRow(feed.Start),
        };
    }
}
