using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>The loss over the outputs; which one, only its own type knows.</summary>
internal sealed class LossLayer : Layer
{
    public override LayerRole Role => LayerRole.Loss;

    public override int OutputSize(LayerSpec layer, int inputSize) => inputSize;

    public override Value Plan(LayerSpec layer, Value input, PlanBuilder builder)
    {
        // Outputs side by side, as targets are.
        Value outputs = RowMap.Even(input, "Outputs", builder);
        builder.AddForward(new LossRows(
            "Score", $"losses = {layer.Name}(outputs, targets), and the gradient of the outputs", layer.Loss!,
                outputs.Rows!, outputs.Gradient ?? builder.Rows(
                    "dOutputs", outputs.Size, outputs.Kind, "gradient of the outputs, which nobody reads")));
        return outputs;
    }
}
