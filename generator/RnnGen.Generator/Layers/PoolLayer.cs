using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>One row per sequence out of its rows at every step.</summary>
internal abstract class PoolLayer(PoolKind kind) : Layer
{
    public override LayerRole Role => LayerRole.Pool;

    public override int OutputSize(LayerSpec layer, IReadOnlyList<int> inputSizes) => inputSizes.FirstOrDefault();

    public override Value Plan(LayerSpec layer, IReadOnlyList<Value> inputs, PlanBuilder builder)
    {
        Value input = inputs[0];
        RowBuffer source = input.Rows!;
        string shape = $"[R, {source.Size}] → [B, {source.Size}]";
        RowBuffer target = builder.Rows(
            "PooledRows", source.Width, RowKind.PerSequence, "one row per sequence", source.Segments);
        RowBuffer? gradient = input.Gradient is null
            ? null
            : builder.BackwardRows(
                "dPooledRows", source.Width, RowKind.PerSequence, "gradient of the rows per sequence", source.Segments);
        RowBuffer? steps = kind == PoolKind.Max
            ? builder.Rows(
                "PooledSteps", source.Width, RowKind.PerSequence, "the step of each maximum", source.Segments)
            : null;
        builder.AddForward(
            new PoolRows("Pool", $"{Meaning}   {shape}", kind, input.Reverse, source, target, steps));
        builder.BeginBackward();
        if (gradient is not null)
        {
            builder.AddBackward(new PoolRowsBackward(
                "PoolBackward", $"gradient of the {Meaning}", kind, input.Reverse, input.Gradient!, gradient,
                    steps));
        }

        return new Value { Rows = target, Gradient = gradient, Step = PlanStep(input, builder) };
    }

    private string Meaning => kind switch
    {
        PoolKind.Last => "last row of each sequence",
        PoolKind.Mean => "mean over each sequence's steps",
        _ => "maximum over each sequence's steps",
    };

    // A stream's last row is the one just made; a mean and a maximum go on from what they were.
    private StepRow? PlanStep(Value input, PlanBuilder builder)
    {
        if (!builder.Streams || kind == PoolKind.Last)
        {
            return input.Step;
        }

        NamedOffset target = builder.State.Add(
            "StepPooled", builder.Padded((long)input.Size), $"[{input.Size}] {Meaning} so far");
        NamedOffset count = builder.State.Add("StepCount", 1, "steps so far");
        StepRow source = builder.InState(input.Step!, input.Size);
        builder.AddStep(new StepPool("StepPool", $"{Meaning} so far", kind, source, input.Size, target, count));
        return new StepRow(target.Start);
    }
}
