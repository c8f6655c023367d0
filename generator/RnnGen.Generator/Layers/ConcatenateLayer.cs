using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>The rows above, and behind each those of layers further up.</summary>
internal sealed class ConcatenateLayer : Layer
{
    public override LayerRole Role => LayerRole.Row;

    public override IEnumerable<string> Named(LayerSpec layer) => [layer.Text("layer") ?? ""];

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) =>
        Saturating.ToInt(inputSizes.Sum(size => (long)size));

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder) =>
        Join(PlanBuilder.Identifier(builder.LayerName), inputs, builder);

    /// <summary>Puts rows side by side.</summary>
    public static Value Join(string name, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        int size = Saturating.ToInt(inputs.Sum(input => (long)input.Size));
        RowBuffer rows = builder.Rows($"{name}Rows", size, inputs[0].Kind, "rows side by side");
        RowBuffer? gradient = inputs.All(input => input.Gradient is null)
            ? null
            : builder.BackwardRows($"d{name}Rows", size, inputs[0].Kind, "gradient of the rows side by side");
        builder.BeginBackward();
        int column = 0;
        var reverse = new List<ColumnRun>();
        for (int i = 0; i < inputs.Count; i++)
        {
            string number = RecurrenceBuilder.Number(i);
            RowBuffer source = inputs[i].Rows!;
            builder.AddForward(new CopyRows(
                $"Copy{name}{number}", $"columns from {column} on   [R, {source.Size}]", source, rows,
                source.Columns(column)));
            if (inputs[i].Gradient is { } target)
            {
                builder.AddBackward(new CopyRows(
                    $"Copy{name}Backward{number}", $"gradient of the columns from {column} on   [R, {source.Size}]",
                    gradient!, target, target.Columns(column)
                        .Select(run => run.Reversed).ToEquatableArray(),
                    IsGradient: true));
            }

            reverse.AddRange(RowMap.Moved(inputs[i], column));
            column += source.Size;
        }

        return new Value
        {
            Rows = rows,
            Gradient = gradient,
            Reverse = reverse.ToEquatableArray(),
            Step = PlanStep(name, size, inputs, builder),
        };
    }

    private static StepRow? PlanStep(string name, int size, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        if (!builder.Streams)
        {
            return null;
        }

        NamedOffset target = builder.State.Add(
            $"Step{name}Rows", builder.Padded((long)size), $"[{size}] rows side by side");
        int column = 0;
        foreach (Value input in inputs)
        {
            builder.AddStep(new StepCopy(
                $"Step{name}", $"columns from {column} on   [{input.Size}]", input.Step!, input.Size,
                target.Start.Plus(column)));
            column += input.Size;
        }

        return new StepRow(target.Start);
    }
}
