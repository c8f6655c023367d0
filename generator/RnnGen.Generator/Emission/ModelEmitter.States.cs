using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

// Whole sequences that start from given states, or whose last states are wanted.
internal sealed partial class ModelEmitter
{
    private const string Sequences = """
        /// <param name="sequences">B, the number of sequences: from 1 to <see cref="Batch"/>.</param>
        """;

    private const string Lengths = """
        /// <param name="lengths">
        /// Steps of each sequence, in any order: B of them, from 1 to <see cref="Batch"/>.
        /// </param>
        """;

    private void EmitForwardOfStates()
    {
        string zeros = _plan.Outputs.Kind == RowKind.PerStep ? ", zeros behind a sequence's end" : "";
        const string LengthsParameter = "global::System.ReadOnlySpan<int> lengths";
        EmitForward("equal length", "sequences", "int sequences", Sequences, "");
        EmitForward("any lengths", "lengths", LengthsParameter, Lengths, zeros);
        EmitForwardInOrder("equal length", "sequences", "int sequences", Sequences, "");
        EmitForwardInOrder("any lengths", "lengths", LengthsParameter, Lengths, zeros);
    }

    private void EmitCreateStates() => code.Line($$"""
            /// <summary>
            /// Makes the states of some sequences, {{Fresh}}: what <c>Forward</c> and a trainer start from and end in.
            /// </summary>
            /// <param name="sequences">B, the number of sequences: from 1 to <see cref="Batch"/>.</param>
            public global::RnnGen.RecurrentStates<{{_number}}> CreateStates(int sequences) =>
                _runtime.CreateStates(sequences);

            """);

    // What is in states that nobody has set, and what stands for states that are not given.
    private string Fresh => _plan.LearnsStates ? "as learned" : "all zeros";

    private string NoStates => _plan.LearnsStates ? "the learned ones" : "zeros";

    private void EmitForward(string kind, string argument, string parameter, string meaning, string zeros)
    {
        string states = $"global::RnnGen.RecurrentStates<{_number}>?";
        code.Line($$"""
            /// <summary>
            /// Runs sequences of {{kind}} from given states on. Threads may do so at the same time, each with states
            /// of its own.
            /// </summary>
            /// <param name="inputs"><c>{{InputShape}}</c>, step after step.</param>
            {{meaning}}
            /// <param name="outputs">Receives <c>{{OutputShape}}</c>{{zeros}}.</param>
            /// <param name="initial">What the sequences start from; null for {{NoStates}}.</param>
            /// <param name="final">
            /// Receives what each sequence ends in; null for nothing. It may be <paramref name="initial"/>.
            /// </param>
            /// <exception cref="global::System.ArgumentException">
            /// A number of values, a length or a token is outside its range, or states are of another model or number
            /// of sequences; nothing was written.
            /// </exception>
            public void Forward(
                global::System.ReadOnlySpan<{{Input}}> inputs,
                {{parameter}},
                global::System.Span<{{_number}}> outputs,
                {{states}} initial,
                {{states}} final) => _runtime.Forward(inputs, {{argument}}, outputs, initial, final);

            """);
    }

    private void EmitForwardInOrder(string kind, string argument, string parameter, string meaning, string zeros)
    {
        string turned = _plan.Outputs.Kind == RowKind.PerStep ? $", or <c>{Turned(OutputShape)}</c>" : "";
        string states = $"global::RnnGen.RecurrentStates<{_number}>?";
        code.Line($$"""
            /// <summary>
            /// Runs sequences of {{kind}} whose rows follow one another step by step or sequence by sequence. Threads
            /// may do so at the same time, each with states of its own.
            /// </summary>
            /// <param name="inputs"><c>{{InputShape}}</c>, or <c>{{Turned(InputShape)}}</c>.</param>
            {{meaning}}
            /// <param name="outputs">Receives <c>{{OutputShape}}</c>{{turned}}{{zeros}}.</param>
            /// <param name="order">
            /// How inputs and outputs follow one another; <see cref="global::RnnGen.SequenceOrder.BatchMajor"/> is
            /// PyTorch's <c>batch_first</c>.
            /// </param>
            /// <param name="initial">What the sequences start from; null for zeros.</param>
            /// <param name="final">
            /// Receives what each sequence ends in; null for nothing. It may be <paramref name="initial"/>.
            /// </param>
            /// <exception cref="global::System.ArgumentException">
            /// A number of values, a length or a token is outside its range, or states are of another model or number
            /// of sequences; nothing was written.
            /// </exception>
            public void Forward(
                global::System.ReadOnlySpan<{{Input}}> inputs,
                {{parameter}},
                global::System.Span<{{_number}}> outputs,
                global::RnnGen.SequenceOrder order,
                {{states}} initial = null,
                {{states}} final = null) => _runtime.Forward(inputs, {{argument}}, outputs, order, initial, final);

            """);
    }

    // The same numbers, sequence by sequence.
    private static string Turned(string shape) => shape.Replace("[T, B", "[B, T");
}
