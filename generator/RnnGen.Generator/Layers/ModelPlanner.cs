using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Layers;

/// <summary>Plans a model that the rules have found sound.</summary>
internal static class ModelPlanner
{
    public static ModelPlan Plan(ModelSpec model, CancellationToken cancellation)
    {
        var targets = new List<TargetPlan>();
        List<LayerSummary> summary = [];
        int parameters = 0;
        foreach (SimdTarget target in SimdTarget.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var builder = new PlanBuilder(model, target);
            summary = [];
            targets.Add(PlanTarget(builder, summary));
            parameters = builder.ParameterCount;
        }

        return new ModelPlan(
            model, summary.ToEquatableArray(), parameters, targets.ToEquatableArray(),
            Trains(model) ? null : LossAdvice.For(model));
    }

    // Without a loss there is nothing to go back from.
    private static bool Trains(ModelSpec model) => model.Layers.Any(layer => layer.Loss is not null);

    private static TargetPlan PlanTarget(PlanBuilder builder, List<LayerSummary> summary)
    {
        var wiring = new Wiring(builder.Model);
        var values = new List<Value>();
        StackSpec[] stacks = [.. builder.Model.Stacks];
        builder.Streams = stacks.Length == 1;
        for (int i = 0; i < builder.Model.Layers.Count; i++)
        {
            if (stacks.FirstOrDefault(stack => stack.First == i) is { } begun)
            {
                builder.BeginStack(begun);
            }

            LayerSpec layer = builder.Model.Layers[i];
            if (layer.BeginsStack)
            {
                values.Add(new Value());
                summary.Add(new LayerSummary($"{layer.Name}:", "", 0, 0));
                continue;
            }

            (int parameters, long flops) = (builder.ParameterCount, builder.FlopsPerRow);
            builder.BeginLayer(wiring.Names[i], wiring.Readers(i));
            Value planned = LayerCatalog.Find(layer)!.Plan(
                layer, [.. wiring.Sources(i).Select(source => values[source])], builder);
            bool isOwn = !LayerCatalog.Find(layer)!.PassesOn(layer);
            values.Add(isOwn ? planned with { Readers = wiring.Readers(i) } : planned);
            summary.Add(
                new LayerSummary(
                Describe(layer), Shape(planned), builder.ParameterCount - parameters, builder.FlopsPerRow - flops));
        }

        if (builder.Heads.Count == 0)
        {
            Value last = PackOutputs(values[values.Count - 1], builder);
            builder.Heads.Add(new HeadPlan("outputs", builder.Axis, last.Rows!, Target: null, Weight: 1, last.Step));
        }

        bool trains = Trains(builder.Model);
        return new TargetPlan
        {
            Target = builder.Target,
            Precision = builder.Model.Precision,
            Lanes = builder.Lanes,
            Axes = builder.Axes.ToEquatableArray(),
            Batch = builder.Model.Batch,
            Feeds = builder.Feeds.ToEquatableArray(),
            Heads = builder.Heads.Select(head => Settled(head, builder)).ToEquatableArray(),
            Streams = builder.Streams,
            Zeros = builder.Zeros,
            Parameters = builder.Parameters.ToPlan(),
            Transposed = trains ? builder.Transposed.ToPlan() : new ArenaPlan(0, EquatableArray<NamedOffset>.Empty),
            Workspace = builder.Workspace.ToPlan(),
            State = builder.State.ToPlan(),
            StepWeights = builder.StepWeights.ToPlan(),
            Tensors = builder.Tensors.ToEquatableArray(),
            Options = builder.Options.ToEquatableArray(),
            States = builder.States.Where(state => !state.IsJoined)
                .Select(state => builder.Streams ? state : state with { Stream = null })
                .ToEquatableArray(),
            Transposes = (trains ? builder.Transposes : []).ToEquatableArray(),
            Forward = builder.Forward.ToEquatableArray(),
            Backward = (trains ? builder.Backward : []).ToEquatableArray(),
            Step = (builder.Streams ? builder.Step : []).ToEquatableArray(),
            FlopsPerRow = builder.FlopsPerRow,
        };
    }

    // Outputs of a step lie in the stream's state, and are read there.
    private static HeadPlan Settled(HeadPlan head, PlanBuilder builder) =>
        head with { Step = builder.Streams ? builder.InState(head.Step!, head.Rows.Size) : null };

    // Outputs leave the model as rows without gaps.
    private static Value PackOutputs(Value value, PlanBuilder builder)
    {
        RowBuffer rows = value.Rows!;
        if (rows.Segments == 1 || rows.SegmentStride == rows.Width)
        {
            return value;
        }

        RowBuffer packed = builder.Rows("Outputs", rows.Size, rows.Rows, "outputs without gaps");
        builder.AddForward(new CopyRows("PackOutputs", "outputs without gaps", rows, packed, rows.Columns()));
        return value with { Rows = packed };
    }

    /// <summary>The layer as the user wrote it: <c>Lstm(128, Layers = 2)</c>.</summary>
    private static string Describe(LayerSpec layer)
    {
        string arguments = string.Join(", ", layer.Arguments.Select(argument =>
            (char.IsUpper(argument.Name[0]) ? argument.Name + " = " : "") + Text(argument)));
        return arguments.Length == 0 ? layer.Name : $"{layer.Name}({arguments})";
    }

    private static string Text(ArgumentSpec argument) => argument.Kind switch
    {
        ArgumentKind.Text => Quoted(argument.Text!),
        ArgumentKind.Flag => argument.Number != 0 ? "true" : "false",
        _ => argument.Text ?? argument.Number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
    };

    // As C# writes it, on one line: the summary is a comment and a constant of emitted code.
    private static string Quoted(string text) => "\"" + string.Concat(text.Select(c => c switch
    {
        '"' or '\\' => "\\" + c,
        _ when char.IsControl(c) || c is '\u2028' or '\u2029' => $"\\u{(int)c:x4}",
        _ => c.ToString(),
    })) + "\"";

    private static string Shape(Value value) =>
        value.Kind == RowKind.PerStep ? $"[T, B, {value.Size}]" : $"[B, {value.Size}]";
}
