using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits streams: input after input, as they come.</summary>
internal sealed class StreamEmitter(FacePlan plan, FaceWriter face)
{
    private readonly string _number = plan.Number;
    private readonly string _state = face.TypeName("State");

    public void Emit()
    {
        // What a model cannot do is a compile-time error where it is called, not a missing member: that can say why.
        string reason = $"{plan.Spec.Name} cannot be stepped: its backward direction starts at a sequence's end."
            + " Use Forward.";
        string attribute = plan.Streams ? "" : $"[global::System.Obsolete(\"{reason}\", error: true)]";
        const string NotThis =
            "/// <summary>Not for this model: its backward direction starts at a sequence's end.</summary>";
        face.Member(
            Signature.Method($"public {_state}", "CreateState").WithAttribute(attribute),
            plan.Streams ? $"/// <summary>Makes the state of a new stream: {plan.NewStates}.</summary>" : NotThis,
            Body.Inline("new(_runtime)"));
        foreach (InputFace input in plan.ForEachInput.Select(choice => choice.Inputs[0]))
        {
            string name = input.HasIndices ? "token" : "features";
            string type = input.HasIndices ? "int" : RuntimeTypes.ReadOnlySpan(_number);
            var signature = Signature.Method(
                $"public {RuntimeTypes.ReadOnlySpan(_number)}", "Step", $"{type} {name}", $"{_state} state");
            face.Member(
                signature.WithAttribute(attribute),
                plan.Streams ? StepText(input) : NotThis,
                Body.Below(plan.Streams ? $"_runtime.Step({name}, state)"
                    : $"throw new global::System.NotSupportedException(\"{reason}\")"));
        }

        EmitState();
    }

    private string StepText(InputFace input)
    {
        string range = input.HasIndices
            ? $"/// <param name=\"token\">From 0 to {input.Vocabulary - 1}.</param>"
            : $"/// <param name=\"features\">{input.Width} numbers.</param>";
        string of = plan.HasSeveralFeeds ? $" of the head {plan.Heads[0].Name}; the state has those of all" : "";
        return $"""
            /// <summary>
            /// Moves a stream on by one input. Allocates nothing. Each thread may step streams of its own.
            /// </summary>
            {range}
            /// <param name="state">The stream, made by <see cref="CreateState"/>.</param>
            /// <returns>{plan.Heads[0].Size} outputs{of}, which the stream's next step overwrites.</returns>
            /// <exception cref="global::System.ArgumentException">
            /// The input is outside its range, or the state is another model's.
            /// </exception>
            """;
    }

    private void EmitState()
    {
        string summary = plan.Streams
            ? "Where a stream stands: its hidden states."
            : "Not for this model: there are no streams of it.";
        face.Type(
            "State", $"/// <summary>{summary}</summary>", RuntimeTypes.StreamState(_number),
            [(RuntimeTypes.Runtime(_number), "model")], EmitOutputs);
    }

    // What each head gave in the last step.
    private void EmitOutputs()
    {
        for (int i = 0; i < plan.Heads.Count && plan.HasSeveralFeeds && plan.Streams; i++)
        {
            HeadFace head = plan.Heads[i];
            face.Member(
                Signature.Property($"public {RuntimeTypes.ReadOnlySpan(_number)}", $"{head.Identifier}Outputs"),
                $"""
                /// <summary>
                /// Outputs <c>[{head.Size}]</c> of the head {head.Name} in the last step; the
                /// next one overwrites them.
                /// </summary>
                """,
                Body.Inline($"Outputs({i})"));
        }
    }
}
