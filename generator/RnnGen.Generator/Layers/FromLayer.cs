using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Begins a branch: the layers below go on from a layer further up.</summary>
internal sealed class FromLayer : Layer
{
    public override LayerRole Role => LayerRole.Row;

    public override bool ReadsAbove => false;

    public override IEnumerable<string> Named(LayerSpec layer) => [layer.Text("layer") ?? ""];

    public override bool PassesOn(LayerSpec layer) => true;

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) => inputSizes.FirstOrDefault();

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder) => inputs[0];
}
