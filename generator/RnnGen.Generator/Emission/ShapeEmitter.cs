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
                Steps = {{plan.Steps}},
                Batch = {{plan.Batch}},
                InputSize = {{plan.InputSize}},
                Vocabulary = {{plan.Vocabulary}},
                OutputSize = {{plan.Outputs.Size}},
                OutputStride = {{plan.Outputs.Stride}},
                OutputOffset = {{plan.Outputs.Start.Name}},
                OutputPerSequence = {{(plan.Outputs.Rows == RowKind.PerSequence ? "true" : "false")}},
                ParameterLength = {{plan.Parameters.Length}},
                TransposedLength = {{plan.Transposed.Length}},
                WorkspaceLength = {{plan.Workspace.Length}},
                StateLength = {{EmissionContext.Text(plan.Streams ? plan.State.Length : 0)}},
                StepWeightsLength = {{EmissionContext.Text(plan.Streams ? plan.StepWeights.Length : 0)}},
                States =
                [{{string.Concat(plan.States.Select(State))}}
                ],
                Streams = {{(plan.Streams ? "true" : "false")}},
                FlopsPerRow = {{plan.FlopsPerRow}},
            };

            """);
    }

    private static string State(NamedStatePlan state) => $$"""

                new StateBuffer("{{state.Layer}}", "{{state.Name}}", {{state.Place}}, {{state.Rows.Rows.Width}})
                {
                    IsReverse = {{(state.IsReverse ? "true" : "false")}},
                    Offset = {{Offset(state.Rows.Initial.Start)}},
                    Stride = {{state.Rows.Rows.Stride}},
                    GradientOffset = {{Offset(state.Rows.Gradient.Start)}},
                    GradientStride = {{state.Rows.Gradient.Stride}},
                    StreamOffset = {{state.Stream?.Name ?? "null"}},
                },
        """;

    private static string Offset(Address address) =>
        address.Name + (address.Column == 0 ? "" : " + " + EmissionContext.Text(address.Column));
}
