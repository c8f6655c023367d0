using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Zeroes numbers at random while training (Srivastava et al. 2014, scaled while training).</summary>
internal sealed class DropoutLayer : Layer
{
    public override LayerRole Role => LayerRole.Row;

    public override int OutputSize(LayerSpec layer, int inputSize) => inputSize;

    public override Flow Plan(LayerSpec layer, Flow input, PlanBuilder builder) =>
        Apply(input, layer.Number("rate", 0), builder);

    /// <summary>Adds dropout behind some layer. The rows themselves stay: a recurrent layer goes on from
    /// them.</summary>
    public static Flow Apply(Flow input, double rate, PlanBuilder builder)
    {
        RowBuffer source = input.Rows!;
        if (rate <= 0)
        {
            return input;
        }

        int stream = ++builder.DropoutCount;
        string name = $"Dropout{stream}";
        RowBuffer target = builder.Rows(
            $"{name}Rows", source.Width, source.Rows, "what dropout leaves", source.Segments);
        builder.AddForward(new DropoutRows(
            $"Apply{name}", $"rows ⊙ mask / (1 − {Text(rate)})   [R, {source.Size}]", source, target, rate, stream));
        builder.BeginLayer();
        if (input.Gradient is { } gradient)
        {
            builder.AddBackward(new DropoutRows(
                $"Apply{name}Backward", $"drows ⊙ mask / (1 − {Text(rate)})   [R, {source.Size}]", null, gradient, rate,
                    stream));
        }

        // The mask is applied to the gradient in place, so what lies above may write where the layer below reads.
        return input with { Rows = target };
    }

    private static string Text(double rate) => rate.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
