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
        builder.AddForward(new LossRows(
            "Score", $"losses = {layer.Name}(outputs, targets), and the gradient of the outputs", layer.Loss!,
                input.Rows!, input.Gradient!));
        return input;
    }
}
