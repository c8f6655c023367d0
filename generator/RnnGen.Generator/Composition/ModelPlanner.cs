using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Composition;

/// <summary>Plans a model that the rules have found sound.</summary>
internal static class ModelPlanner
{
    public static ModelPlan Plan(ModelSpec model, CancellationToken cancellation)
    {
        var cells = new CellPlans();
        var targets = new List<TargetPlan>();
        List<PlannedLayer> layers = [];
        int parameters = 0;
        foreach (SimdTarget target in SimdTarget.Of(model.Options))
        {
            cancellation.ThrowIfCancellationRequested();
            var builder = new PlanBuilder(model, target, cells);
            layers = PlanLayers(builder);
            targets.Add(ToPlan(builder));
            parameters = builder.ParameterCount;
        }

        return new ModelPlan(
            model, layers.Select(Summary).ToEquatableArray(), parameters, targets.ToEquatableArray(),
            layers.Any(layer => layer.Layer.Loss is not null) ? null : LossAdvice.For(model.Only(model.Stacks.Last())));
    }

    /// <summary>Asks the layers for their parts of the plan, one after the other.</summary>
    public static List<PlannedLayer> PlanLayers(PlanBuilder builder)
    {
        var wiring = new Wiring(builder.Model);
        var layers = new List<PlannedLayer>();
        var feedbacks = new Dictionary<int, Feedback>();
        StackSpec[] stacks = [.. builder.Model.Stacks];
        builder.Streams = stacks.Length == 1;
        for (int i = 0; i < builder.Model.Layers.Count; i++)
        {
            if (stacks.FirstOrDefault(stack => stack.First == i) is { } begun)
            {
                if (i > 1)
                {
                    EndStack(layers[i - 2].Value, builder);
                }

                builder.BeginStack(begun);
                if (builder.IsInDecoder)
                {
                    StateJoints.PlanBridgeInput(builder);
                }
            }

            LayerSpec layer = builder.Model.Layers[i];
            (int parameters, long flops) = (builder.ParameterCount, builder.FlopsPerRow);
            var before = WeightLengths.Of(builder);
            Value value = layer.BeginsStack ? new Value()
                : PlanLayer(
                    i, [.. wiring.Sources(i).Select(source => layers[source].Value)], wiring, feedbacks, builder);
            layers.Add(new PlannedLayer(
                layer, value, builder.ParameterCount - parameters, builder.FlopsPerRow - flops,
                WeightLengths.Of(builder).Since(before)));
        }

        EndInHeads(layers[layers.Count - 1].Value, builder);
        return layers;
    }

    // Of what an encoder gives only states are read: nobody else would write its gradient.
    private static void EndStack(Value last, PlanBuilder builder)
    {
        if (last.Gradient is { } gradient)
        {
            builder.BeginBackward();
            builder.AddBackward(new ClearRows(
                "ClearGradient", $"gradient of what nobody reads but for its states   [R, {gradient.Size}]", gradient));
        }
    }

    private static Value PlanLayer(
        int index, Value[] sources, Wiring wiring, Dictionary<int, Feedback> feedbacks, PlanBuilder builder)
    {
        LayerSpec spec = builder.Model.Layers[index];
        if (wiring.FedBy(index) is { } feeding)
        {
            var feedback = Feedback.Begin(wiring.Names[feeding], wiring.Sizes[feeding], builder);
            feedbacks[feeding] = feedback;
            sources[0] = sources[0] with { Beside = feedback.Input };
        }
        else if (feedbacks.TryGetValue(index, out Feedback? begun))
        {
            sources[0] = sources[0] with { Feedback = begun };
        }

        Layer layer = LayerCatalog.Find(spec)!;
        builder.BeginLayer(wiring.Names[index], wiring.Readers(index));
        Value value = layer.Plan(spec, sources, builder);
        return layer.PassesOn(spec) ? value : value with { Readers = wiring.Readers(index) };
    }

    private static TargetPlan ToPlan(PlanBuilder builder)
    {
        ArenaPlan workspace = builder.Workspace.ToPlan();
        ScratchLayout layout = builder.LayOutScratch();
        ArenaPlan scratch = builder.Scratch.ToPlan(workspace.Length, layout, builder.Trains);
        int inference = checked(workspace.Length + (int)layout.Length);
        return new TargetPlan
        {
            Target = builder.Target,
            Precision = builder.Model.Precision,
            Lanes = builder.Lanes,
            Axes = builder.Axes.ToEquatableArray(),
            Batch = builder.Model.Batch,
            Feeds = builder.Feeds.ToEquatableArray(),
            Heads = builder.Heads.ToEquatableArray(),
            Streams = builder.Streams,
            Zeros = builder.Zeros,
            Parameters = builder.Parameters.ToPlan(),
            Transposed = builder.Trains ? builder.Transposed.ToPlan() : ArenaPlan.Empty,
            Workspace = workspace,
            Scratch = scratch,
            InferenceWorkspaceLength = inference,
            BackwardWorkspace = builder.Trains
                ? builder.BackwardWorkspace.ToPlan(scratch.Length)
                : ArenaPlan.Empty with { Length = inference },
            State = builder.Streams ? builder.State.ToPlan() : ArenaPlan.Empty,
            StepWeights = builder.Streams ? builder.StepWeights.ToPlan() : ArenaPlan.Empty,
            Tensors = builder.Tensors.ToEquatableArray(),
            Options = builder.Options.ToEquatableArray(),
            States = builder.States.Where(state => !state.IsJoined)
                .Select(state => builder.Streams ? state : state with { Stream = null })
                .ToEquatableArray(),
            DecoderStates = (builder.Model.Decodes ? builder.States.Where(state => state.IsJoined) : [])
                .ToEquatableArray(),
            Attentions = builder.Attentions.ToEquatableArray(),
            EndToken = builder.Model.Decodes ? builder.Model.End : null,
            Transposes = (builder.Trains ? builder.Transposes : []).ToEquatableArray(),
            Forward = builder.Forward.ToEquatableArray(),
            Backward = (builder.Trains ? builder.Backward : []).ToEquatableArray(),
            Step = (builder.Streams ? builder.Step : []).ToEquatableArray(),
            FlopsPerRow = builder.FlopsPerRow,
            FlopsPerRowAlong = builder.FlopsPerRowAlong.ToEquatableArray(),
        };
    }

    // Without a loss, the rows of the last layer are what the model gives.
    private static void EndInHeads(Value last, PlanBuilder builder)
    {
        if (builder.Heads.Count == 0)
        {
            Value packed = PackOutputs(last, builder);
            builder.Heads.Add(
                new HeadPlan("outputs", builder.Axis, packed.Rows!, Target: null, Weight: 1, packed.Step));
        }

        for (int i = 0; i < builder.Heads.Count; i++)
        {
            builder.Heads[i] = Settled(builder.Heads[i], builder);
        }
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

        RowBuffer packed = builder.Rows("Outputs", rows.Size, rows.Kind, "outputs without gaps");
        builder.AddForward(new CopyRows("PackOutputs", "outputs without gaps", rows, packed, rows.Columns()));
        return value with { Rows = packed };
    }

    // The beginning of a stack is a line of its own.
    private static LayerSummary Summary(PlannedLayer planned) => planned.Layer.BeginsStack
        ? new LayerSummary($"{planned.Layer.Name}:", "", 0, 0)
        : new LayerSummary(Describe(planned.Layer), Shape(planned.Value), planned.Parameters, planned.FlopsPerRow);

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

/// <summary>A layer whose part of the plan is there.</summary>
/// <param name="Value">What it makes.</param>
/// <param name="Parameters">Trained numbers.</param>
/// <param name="Weights">What it has added to the arenas of weights.</param>
internal sealed record PlannedLayer(
    LayerSpec Layer, Value Value, int Parameters, long FlopsPerRow, WeightLengths Weights);
