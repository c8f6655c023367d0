using System.Globalization;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Emits what the runtime needs to know of a model: its sizes, and where its states lie.</summary>
internal static class ShapeEmitter
{
    public static void Emit(CodeWriter code, TargetPlan plan)
    {
        code.Line($$"""
            public override ModelShape Shape { get; } = new()
            {
                Axes ={{Axes(plan)}},
                Batch = {{plan.Batch}},
                Feeds =
                [{{string.Concat(plan.Feeds.Select(feed => Feed(feed, plan.Trains)))}}
                ],
                Outputs =
                [{{string.Concat(plan.Heads.Select(head => Head(head, plan)))}}
                ],
                ParameterLength = {{plan.Parameters.Length}},
                TransposedLength = {{plan.Transposed.Length}},
                WorkspaceLength = {{plan.BackwardWorkspace.Length}},
                InferenceWorkspaceLength = {{plan.InferenceWorkspaceLength}},
                StateLength = {{EmissionContext.Text(plan.Streams ? plan.State.Length : 0)}},
                StepWeightsLength = {{EmissionContext.Text(plan.Streams ? plan.StepWeights.Length : 0)}},
                States =
                [{{string.Concat(plan.States.Select(state => State(state, plan.Trains)))}}
                ],{{DecoderStates(plan)}}{{TokenRuns(plan)}}{{Attentions(plan)}}
                Streams = {{(plan.Streams ? "true" : "false")}},
                FlopsPerRow = {{plan.FlopsPerRow}},
            };

            """);
    }

    // The operations of a single axis are the model's.
    private static string Axes(TargetPlan plan) => plan.Axes.Count == 1
        ? $" [{Axis(plan.Axes[0])}]"
        : "\n    [" + string.Concat(plan.Axes.Zip(plan.FlopsPerRowAlong, (axis, flops) =>
            $"\n        {Axis(axis)} {{ FlopsPerRow = {EmissionContext.Text(flops)} }},")) + "\n    ]";

    private static string Axis(AxisPlan axis) => $"new AxisShape(\"{axis.Name}\", {axis.Steps})";

    private static string AxisOf(HeadPlan head) =>
        head.Axis.Index == 0 ? "" : $"\n            Axis = {head.Axis.Index},";

    private static string Feed(FeedPlan feed, bool trains) =>
        $"\n        new FeedShape(\"{feed.Name}\") {{ "
        + string.Join(", ", FeedProperties(feed, trains)) + " },";

    private static IEnumerable<string> FeedProperties(FeedPlan feed, bool trains)
    {
        if (feed.Axis.Index > 0)
        {
            yield return $"Axis = {feed.Axis.Index}";
        }

        yield return feed.HasIndices ? $"Indices = {feed.Indices}" : $"Width = {feed.Width}";
        if (feed.Rows == RowKind.PerSequence)
        {
            yield return "IsPerSequence = true";
        }

        if (feed.IsTarget)
        {
            yield return "IsTarget = true";
        }

        if (feed.StartToken is { } start)
        {
            yield return $"Start = {start}";
        }

        if (feed.EndToken is { } end)
        {
            yield return $"End = {end}";
        }

        if (trains && feed.Gradient is { } gradient)
        {
            yield return $"GradientOffset = {Offset(gradient.Start)}";
            yield return $"GradientStride = {gradient.Stride}";
        }
    }

    private static string Head(HeadPlan head, TargetPlan plan) => $$"""

                new OutputShape("{{head.Name}}")
                {
                    IsPerSequence = {{(head.Rows.Kind == RowKind.PerSequence ? "true" : "false")}},
                    Size = {{head.Rows.Size}},{{AxisOf(head)}}
                    Stride = {{head.Rows.Stride}},
                    Offset = {{OutputOffset(head.Rows.Start, plan)}},
                    Target = {{head.Target?.Constant ?? "null"}},
                    Weight = {{head.Weight.ToString("R", CultureInfo.InvariantCulture)}},
                    StreamOffset = {{(head.Step is { } step ? Offset(step.Start) : "null")}},
                },
        """;

    // Without a loss there are no gradients.
    private static string State(NamedStatePlan state, bool trains) => $$"""

                new StateBuffer("{{state.Layer}}", "{{state.Name}}", {{state.Place}}, {{state.Rows.Rows.Width}})
                {
                    IsReverse = {{(state.IsReverse ? "true" : "false")}},
                    Offset = {{Offset(state.Rows.Initial.Start)}},
                    Stride = {{state.Rows.Rows.Stride}},
                    GradientOffset = {{(trains ? Offset(state.Rows.Gradient.Start) : "0")}},
                    GradientStride = {{(trains ? state.Rows.Gradient.Stride.ToString() : "0")}},
                    StreamOffset = {{state.Stream?.Name ?? "null"}},{{Learned(state)}}
                },
        """;

    private static string DecoderStates(TargetPlan plan) => plan.DecoderStates.Count == 0 ? "" : $"""

            DecoderStates =
            [{string.Concat(plan.DecoderStates.Select(state => State(state, plan.Trains)))}
            ],
            EndToken = {plan.EndToken},
        """;

    private static string TokenRuns(TargetPlan plan) => plan.TokenReading is not { } reading ? "" : $"""

            TokenRuns =
            [{string.Concat(reading.Runs.Select(run => Run(run, plan)))}
            ],
        """;

    private static string Run(TokenRun run, TargetPlan plan) => $"""

                new TokenRun({OutputOffset(run.Start, plan)}, {run.RowStride}, {run.Length}),
        """;

    private static string Attentions(TargetPlan plan) => plan.Attentions.Count == 0 ? "" : $"""

            Attentions =
            [{string.Concat(plan.Attentions.Select(view => Attention(view, plan)))}
            ],
        """;

    private static string Attention(AttentionView view, TargetPlan plan) => $$"""

                new AttentionShape("{{view.Name}}", {{view.Axis.Index}}, {{view.From.Index}})
                {
                    Offset = {{OutputOffset(view.Weights.Start, plan)}},
                    Stride = {{view.Weights.Stride}},
                },
        """;

    private static string Learned(NamedStatePlan state) =>
        state.Learned is { } learned ? $"\n            LearnedOffset = {learned.Name}," : "";

    // Outputs are read outside of training.
    private static string OutputOffset(Address address, TargetPlan plan) => address.Arena == MemoryArena.Scratch
        ? EmissionContext.Text(
            plan.Scratch.Offsets.First(place => place.Name == address.Name).OffsetOutsideTraining + address.Column)
        : Offset(address);

    private static string Offset(Address address) =>
        address.Name + (address.Column == 0 ? "" : " + " + EmissionContext.Text(address.Column));
}
