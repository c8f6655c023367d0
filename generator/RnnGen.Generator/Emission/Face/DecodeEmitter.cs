using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits how an encoder–decoder finds target sequences.</summary>
internal sealed class DecodeEmitter(FacePlan plan, FaceWriter face)
{
    private const string Found = "global::System.Collections.Immutable.ImmutableArray<global::RnnGen.Hypothesis>";

    private const string Options = "global::RnnGen.DecodingOptions? options = null";

    private readonly InputFace _source = plan.Inputs[0];

    private string Number => _source.HasIndices ? "int" : plan.Number;

    public void Emit()
    {
        Emit(
            $"public {Found}", $"{RuntimeTypes.ReadOnlySpan(Number)} source", $"""
            /// <summary>
            /// Finds likely target sequences for a source. Any number of threads may do so at the same time.
            /// </summary>
            /// <param name="source"><c>{_source.SequenceShape}</c>, T from 1 to <see cref="SourceSteps"/>.</param>
            /// <param name="options">How to search; null for greedy search.</param>
            /// <returns>Hypotheses, the best first.</returns>
            """);
        Emit(
            $"public global::System.Collections.Immutable.ImmutableArray<{Found}>",
            $"global::System.Collections.Generic.IReadOnlyList<{Number}[]> sources", $"""
            /// <summary>
            /// Finds likely target sequences for any number of sources, as many at the same time as a batch holds.
            /// </summary>
            /// <param name="sources">
            /// Of each <c>{_source.SequenceShape}</c>, T from 1 to <see cref="SourceSteps"/>.
            /// </param>
            /// <param name="options">How to search; null for greedy search.</param>
            /// <returns>Of each source hypotheses, the best first.</returns>
            """);
        EmitScores();
        EmitDecoder();
    }

    private void EmitScores()
    {
        const string Exceptions = """
            /// <exception cref="global::System.ArgumentException">
            /// A number of values or a token is outside its range, a target has its end in it, or an option has no
            /// effect here.
            /// </exception>
            """;
        face.Member(
            Signature.Method(
                "public global::RnnGen.Hypothesis", "Score", $"{RuntimeTypes.ReadOnlySpan(Number)} source",
                $"{RuntimeTypes.ReadOnlySpan("int")} target", Options).Filled(),
            $"""
            /// <summary>
            /// How likely a target is: forced decoding. Any number of threads may do so at the same time.
            /// </summary>
            /// <param name="source"><c>{_source.SequenceShape}</c>, T from 1 to <see cref="SourceSteps"/>.</param>
            /// <param name="target"><c>[T]</c>, without the end, T below <see cref="TargetSteps"/>.</param>
            /// <param name="options">The penalties of the score, and whether attention is wanted.</param>
            /// <returns>The target as a hypothesis, with its log-probability and score.</returns>
            """ + "\n" + Exceptions,
            Body.Below($"_runtime.Score<{Number}>([source.ToArray()], [target.ToArray()], options)[0]"));
        face.Member(
            Signature.Method(
                $"public {Found}", "Score",
                $"global::System.Collections.Generic.IReadOnlyList<{Number}[]> sources",
                "global::System.Collections.Generic.IReadOnlyList<int[]> targets", Options).Filled(),
            $"""
            /// <summary>How likely any number of targets are: forced decoding.</summary>
            /// <param name="sources">
            /// Of each <c>{_source.SequenceShape}</c>, T from 1 to <see cref="SourceSteps"/>.
            /// </param>
            /// <param name="targets">Of each <c>[T]</c>, without the end, T below <see cref="TargetSteps"/>.</param>
            /// <param name="options">The penalties of the score, and whether attention is wanted.</param>
            /// <returns>The targets as hypotheses, with their log-probabilities and scores.</returns>
            """ + "\n" + Exceptions,
            Body.Below($"_runtime.Score<{Number}>(sources, targets, options)"));
    }

    private void EmitDecoder() => face.Member(
        Signature.Method($"public global::RnnGen.StreamingDecoder<{plan.Number}>", "CreateDecoder"),
        """
        /// <summary>
        /// Makes what decodes token by token, where the caller chooses them; the source's rows are held.
        /// </summary>
        /// <returns>A decoder of its own: several may be stepped at the same time.</returns>
        """,
        Body.Inline("_runtime.CreateDecoder()"));

    private void Emit(string type, string parameter, string documentation)
    {
        string name = parameter.Substring(parameter.LastIndexOf(' ') + 1);
        face.Member(
            Signature.Method(type, "Decode", parameter, Options).Filled(),
            documentation + "\n" + """
            /// <exception cref="global::System.ArgumentException">
            /// A number of values or a token is outside its range, or a batch does not hold so many hypotheses.
            /// </exception>
            """,
            Body.Below($"_runtime.Decode<{Number}>({name}, options)"));
    }
}
