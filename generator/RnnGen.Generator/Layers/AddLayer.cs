using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>The sum of the rows above and a layer's further up: a residual connection (He et al. 2016).</summary>
internal sealed class AddLayer : Layer
{
    public override LayerRole Role => LayerRole.Row;

    public override IEnumerable<string> Named(LayerSpec layer) => [layer.Text("layer") ?? ""];

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) => inputSizes.FirstOrDefault();

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder) => Sum(
        PlanBuilder.Identifier(builder.LayerName), $"{builder.LayerName} = x + {layer.Text("layer")}", inputs, builder);

    /// <summary>Adds rows of one size to each other.</summary>
    public static Value Sum(string name, string text, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        var equations = new RowEquations();
        equations.Yield(equations.Input("x") + equations.Input("residual"), "y");
        return RowMap.Apply(name, text, equations, inputs, builder);
    }
}
