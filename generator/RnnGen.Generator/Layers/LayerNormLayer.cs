using System.Globalization;
using RnnGen.Generator.Equations;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>y = w ⊙ (x − mean) / √(variance + ε) + b, row by row (Ba et al. 2016).</summary>
internal sealed class LayerNormLayer : Layer
{
    public override LayerRole Role => LayerRole.Row;

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) => inputSizes.FirstOrDefault();

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        Value input = inputs[0];
        string prefix = builder.LayerName;
        double epsilon = layer.Number("Epsilon", 1e-5);
        bool hasBias = layer.Number("Bias", 1) != 0;
        builder.Options.Add(new OptionPlan(prefix, "Epsilon", epsilon.ToString("R", CultureInfo.InvariantCulture)));
        var equations = new RowEquations();
        Formula x = equations.Input("x");
        Formula centred = (x - equations.Mean(x, "mean")).As("centred");
        Formula variance = equations.Mean((centred * centred).As("square"), "variance");
        Formula scale = (variance + epsilon).To(FunctionTable.InverseSqrt).As("scale");
        Formula y = (centred * scale).As("normalized") * equations.Weight("weight");
        equations.Yield(hasBias ? y + equations.Weight("bias") : y, "y");

        NamedOffset weight = LearnedVector.Add(
            builder.LayerName, "weight", input.Size, new InitialValues(InitialKind.Constant, 1), builder);
        return RowMap.Apply(
            PlanBuilder.Identifier(prefix),
            $"{prefix} = w ⊙ (x − mean) / √(variance + ε)" + (hasBias ? " + b" : ""),
            equations, [input], builder,
            hasBias
                ? [weight, LearnedVector.Add(builder.LayerName, "bias", input.Size, InitialValues.Zero, builder)]
                : [weight]);
    }
}
