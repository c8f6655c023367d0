using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

// Whole sequences that start from given states, or whose last states are wanted.
internal sealed partial class ModelEmitter
{
    private void EmitForwardOfStates()
    {
        EmitForward(
            "equal length", "sequences", "int sequences",
            """
            /// <param name="sequences">B, the number of sequences: from 1 to <see cref="Batch"/>.</param>
            """,
            "");
        EmitForward(
            "any lengths", "lengths", "global::System.ReadOnlySpan<int> lengths",
            """
            /// <param name="lengths">
            /// Steps of each sequence, in any order: B of them, from 1 to <see cref="Batch"/>.
            /// </param>
            """,
            _plan.Outputs.Rows == RowKind.PerStep ? ", zeros behind a sequence's end" : "");
    }

    private void EmitCreateStates() => code.Line($$"""
            /// <summary>
            /// Makes the states of some sequences, all zeros: what <c>Forward</c> and a trainer start from and end in.
            /// </summary>
            /// <param name="sequences">B, the number of sequences: from 1 to <see cref="Batch"/>.</param>
            public global::RnnGen.RecurrentStates<{{_number}}> CreateStates(int sequences) =>
                _runtime.CreateStates(sequences);

            """);

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
                {{states}} initial,
                {{states}} final) => _runtime.Forward(inputs, {{argument}}, outputs, initial, final);

            """);
    }
}
