using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

// What a model is for: whole sequences, and streams.
internal sealed partial class ModelEmitter
{
    private void EmitForward()
    {
        const string Exception = """
            /// <exception cref="global::System.ArgumentException">
            /// A number of values, a length or a token is outside its range; nothing was written.
            /// </exception>
            """;
        bool perStep = _plan.Outputs.Kind == RowKind.PerStep;
        string zeros = perStep ? ", zeros behind a sequence's end" : "";
        string size = EmissionContext.Text(_plan.Outputs.Size);
        code.Line($$"""
            /// <summary>Runs one sequence. Any number of threads may do so at the same time.</summary>
            /// <param name="inputs"><c>{{(model.ReadsTokens ? "[T]" : $"[T, {_plan.InputSize}]")}}</c>.</param>
            /// <param name="outputs">Receives <c>{{(perStep ? $"[T, {size}]" : $"[{size}]")}}</c>.</param>
            {{Exception}}
            public void Forward(
                global::System.ReadOnlySpan<{{Input}}> inputs,
                global::System.Span<{{_number}}> outputs) => _runtime.Forward(inputs, outputs);

            /// <summary>
            /// Runs sequences of equal length. Any number of threads may do so at the same time.
            /// </summary>
            /// <param name="inputs"><c>{{InputShape}}</c>, step after step.</param>
            /// <param name="sequences">B, the number of sequences: from 1 to <see cref="Batch"/>.</param>
            /// <param name="outputs">Receives <c>{{OutputShape}}</c>.</param>
            {{Exception}}
            public void Forward(
                global::System.ReadOnlySpan<{{Input}}> inputs,
                int sequences,
                global::System.Span<{{_number}}> outputs) => _runtime.Forward(inputs, sequences, outputs);

            /// <summary>Runs sequences of any lengths. Any number of threads may do so at the same time.</summary>
            /// <param name="inputs">
            /// <c>{{InputShape}}</c>, step after step; what lies behind a sequence's end is not looked at.
            /// </param>
            /// <param name="lengths">
            /// Steps of each sequence, in any order: B of them, from 1 to <see cref="Batch"/>.
            /// </param>
            /// <param name="outputs">Receives <c>{{OutputShape}}</c>{{zeros}}.</param>
            {{Exception}}
            public void Forward(
                global::System.ReadOnlySpan<{{Input}}> inputs,
                global::System.ReadOnlySpan<int> lengths,
                global::System.Span<{{_number}}> outputs) => _runtime.Forward(inputs, lengths, outputs);

            """);
    }

    private void EmitStream()
    {
        string argument = model.ReadsTokens ? "int token" : $"global::System.ReadOnlySpan<{_number}> features";
        if (_plan.Streams)
        {
            EmitStep(argument);
        }
        else
        {
            EmitNoStep(argument);
        }

        code.Summary(_plan.Streams
            ? "Where a stream stands: its hidden states."
            : "Not for this model: there are no streams of it.");
        using (code.Block($"public sealed class State : global::RnnGen.Training.StreamState<{_number}>"))
        {
            code.Line($$"""
                internal State(global::RnnGen.Training.ModelRuntime<{{_number}}> model)
                    : base(model)
                {
                }
                """);
            if (HasSeveralFeeds && _plan.Streams)
            {
                new FeedsEmitter(model, code).EmitStreamOutputs();
            }
        }
    }

    private void EmitStep(string argument)
    {
        string range = model.ReadsTokens
            ? $"/// <param name=\"token\">From 0 to {_plan.Vocabulary - 1}.</param>"
            : $"/// <param name=\"features\">{_plan.InputSize} numbers.</param>";
        string of = HasSeveralFeeds ? $" of the head {_plan.Heads[0].Name}; the state has those of all" : "";
        code.Line($$"""
            /// <summary>Makes the state of a new stream: {{Fresh}}.</summary>
            public State CreateState() => new(_runtime);

            /// <summary>
            /// Moves a stream on by one input. Allocates nothing. Each thread may step streams of its own.
            /// </summary>
            {{range}}
            /// <param name="state">The stream, made by <see cref="CreateState"/>.</param>
            /// <returns>{{_plan.Outputs.Size}} outputs{{of}}, which the stream's next step overwrites.</returns>
            /// <exception cref="global::System.ArgumentException">
            /// The input is outside its range, or the state is another model's.
            /// </exception>
            public global::System.ReadOnlySpan<{{_number}}> Step({{argument}}, State state) =>
                _runtime.Step({{(model.ReadsTokens ? "token" : "features")}}, state);

            """);
    }

    // What a model cannot do is a compile-time error where it is called, not a missing member: that can say why.
    private void EmitNoStep(string argument)
    {
        string reason = $"{model.Spec.Name} cannot be stepped: its backward direction starts at a sequence's end."
            + " Use Forward.";
        code.Line($$"""
            /// <summary>Not for this model: its backward direction starts at a sequence's end.</summary>
            [global::System.Obsolete("{{reason}}", error: true)]
            public State CreateState() => new(_runtime);

            /// <summary>Not for this model: its backward direction starts at a sequence's end.</summary>
            [global::System.Obsolete("{{reason}}", error: true)]
            public global::System.ReadOnlySpan<{{_number}}> Step({{argument}}, State state) =>
                throw new global::System.NotSupportedException("{{reason}}");

            """);
    }
}
