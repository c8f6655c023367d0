using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits how an encoder–decoder finds target sequences.</summary>
internal sealed class DecodeEmitter(FacePlan plan, FaceWriter face)
{
    private const string Found = "global::System.Collections.Immutable.ImmutableArray<global::RnnGen.Hypothesis>";

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
    }

    private void Emit(string type, string parameter, string documentation)
    {
        string name = parameter.Substring(parameter.LastIndexOf(' ') + 1);
        face.Member(
            Signature.Method(type, "Decode", parameter, "global::RnnGen.DecodingOptions? options = null").Filled(),
            documentation + "\n" + """
            /// <exception cref="global::System.ArgumentException">
            /// A number of values or a token is outside its range, or a batch does not hold so many hypotheses.
            /// </exception>
            """,
            Body.Below($"_runtime.Decode<{Number}>({name}, options)"));
    }
}
