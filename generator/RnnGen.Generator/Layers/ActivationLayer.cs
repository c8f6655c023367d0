using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>A function of each number.</summary>
internal sealed class ActivationLayer : Layer
{
    public override LayerRole Role => LayerRole.Row;

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) => inputSizes.FirstOrDefault();

    public override bool PassesOn(LayerSpec layer) => DenseLayer.FunctionOf(layer, "function") is null;

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        Value input = inputs[0];
        if (DenseLayer.FunctionOf(layer, "function") is not { } function)
        {
            return input;
        }

        var equations = new RowEquations();
        equations.Yield(equations.Input("x").To(function), "y");
        string name = PlanBuilder.Identifier(builder.LayerName);
        return RowMap.Apply(name, $"{builder.LayerName} = {function}(x)", equations, [input], builder);
    }
}
