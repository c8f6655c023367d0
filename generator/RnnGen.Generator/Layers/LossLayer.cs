using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>The loss over the outputs of a head; which one, only its own type knows.</summary>
internal sealed class LossLayer : Layer
{
    public override LayerRole Role => LayerRole.Loss;

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) => inputSizes.FirstOrDefault();

    /// <summary>What a head's loss is multiplied by.</summary>
    public static double Weight(LayerSpec layer) => layer.Number("Weight", 1);

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        Value input = inputs[0];
        // Outputs side by side, as targets are.
        bool isOnly = builder.Model.Layers.Count(other => other.Loss is not null) == 1;
        string head = isOnly ? "" : PlanBuilder.Identifier(builder.NameInStack);
        Value outputs = RowMap.Even(input, $"{head}Outputs", builder);
        FeedPlan target = builder.AddFeed(
            isOnly ? "targets" : builder.NameInStack, outputs.Kind, layer.Loss!.HasClassTargets ? outputs.Size : 0,
            layer.Loss.HasClassTargets ? 1 : outputs.Size, isTarget: true);
        int index = builder.Heads.Count;
        builder.Heads.Add(new HeadPlan(
            builder.NameInStack, builder.Axis, outputs.Rows!, target, Weight(layer), outputs.Step));
        builder.AddForward(new LossRows(
            $"Score{head}", $"losses = {layer.Name}(outputs, targets), and the gradient of the outputs", layer.Loss,
            index, target, outputs.Rows!, Gradient(outputs, head, builder)));
        return outputs;
    }

    // The loss is the first to write the gradient of its outputs. Where others read the outputs, too, it has rows of
    // its own, which are then added.
    private static RowBuffer Gradient(Value outputs, string head, PlanBuilder builder)
    {
        if (outputs.Gradient is { } gradient && outputs.Readers <= 1)
        {
            return gradient;
        }

        RowBuffer own = builder.BackwardRows(
            $"d{head}Outputs", outputs.Size, outputs.Kind, outputs.Gradient is null
                ? "gradient of the outputs, which nobody reads"
                : "gradient of the outputs by this loss");
        if (outputs.Gradient is { } shared)
        {
            builder.BeginBackward();
            builder.AddBackward(new CopyRows(
                $"Pass{head}Gradient", $"gradient of the outputs   [{outputs.Size}]", own, shared, shared.Columns(),
                IsGradient: true));
        }

        return own;
    }
}
