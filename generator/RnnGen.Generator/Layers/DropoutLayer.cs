using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Zeroes numbers at random while training (Srivastava et al. 2014, scaled while training).</summary>
internal sealed class DropoutLayer : Layer
{
    public override LayerRole Role => LayerRole.Row;

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) => inputSizes.FirstOrDefault();

    public override bool PassesOn(LayerSpec layer) => layer.Number("rate", 0) <= 0;

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder) =>
        Apply(inputs[0], layer.Number("rate", 0), builder);

    /// <summary>Adds dropout behind some layer. The rows themselves stay: a recurrent layer goes on from
    /// them.</summary>
    public static Value Apply(Value input, double rate, PlanBuilder builder)
    {
        RowBuffer source = input.Rows!;
        if (rate <= 0)
        {
            return input;
        }

        int stream = ++builder.DropoutCount;
        string name = $"Dropout{stream}";
        RowBuffer target = builder.Rows(
            $"{name}Rows", source.Width, source.Kind, "what dropout leaves", source.Segments);
        builder.AddForward(new DropoutRows(
            $"Apply{name}", $"rows ⊙ mask / (1 − {Text(rate)})   [R, {source.Size}]", source, target, rate, stream));
        builder.BeginBackward();
        if (input.Gradient is not { } gradient)
        {
            return input with { Rows = target, Readers = 1 };
        }

        // Where nobody else reads what was dropped out of, the mask is applied to its gradient in place: what lies
        // above may write where the layer below reads. In a loop the step after may have written there, too.
        RowBuffer dropped = input.Readers <= 1 && builder.Loop is null ? gradient : builder.BackwardRows(
            $"d{name}Rows", source.Width, source.Kind, "gradient of what dropout leaves", source.Segments);
        builder.AddBackward(new DropoutRows(
            $"Apply{name}Backward", $"drows ⊙ mask / (1 − {Text(rate)})   [R, {source.Size}]", null, dropped, rate,
            stream));
        if (dropped != gradient)
        {
            builder.AddBackward(new CopyRows(
                $"Copy{name}Backward", "gradient of what was dropped out of", dropped, gradient,
                dropped.Columns().Zip(
                    gradient.Columns(), (from, to) => new ColumnRun(from.From, to.From, from.Width)).ToEquatableArray(),
                IsGradient: true));
        }

        return input with { Rows = target, Gradient = dropped, Readers = 1 };
    }

    private static string Text(double rate) => rate.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
