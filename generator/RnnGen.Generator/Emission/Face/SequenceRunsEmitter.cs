using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>Emits how a model of one input and one head runs whole sequences.</summary>
internal sealed class SequenceRunsEmitter(FacePlan plan, FaceWriter face)
{
    private const string Exception = """
        /// <exception cref="global::System.ArgumentException">
        /// A number of values, a length or a token is outside its range; nothing was written.
        /// </exception>
        """;

    private const string StatesException = """
        /// <exception cref="global::System.ArgumentException">
        /// A number of values, a length or a token is outside its range, or states are of another model or number
        /// of sequences; nothing was written.
        /// </exception>
        """;

    private static readonly Batch Equal = new("equal length", "int", "sequences", """
        /// <param name="sequences">B, the number of sequences: from 1 to <see cref="Batch"/>.</param>
        """);

    private static readonly Batch Any = new("any lengths", RuntimeTypes.ReadOnlySpan("int"), "lengths", """
        /// <param name="lengths">
        /// Steps of each sequence, in any order: B of them, from 1 to <see cref="Batch"/>.
        /// </param>
        """);

    private readonly string _statesMeaning = $"""
        /// <param name="initial">What the sequences start from; null for {plan.MissingStates}.</param>
        /// <param name="final">
        /// Receives what each sequence ends in; null for nothing. It may be <paramref name="initial"/>.
        /// </param>
        """;

    private readonly InputFace _input = plan.Inputs[0];
    private readonly HeadFace _head = plan.Heads[0];
    private readonly string _states = RuntimeTypes.States(plan.Number) + "?";

    private string OrTurned => _head.IsPerStep ? $", or <c>{Turned(_head.Shape)}</c>" : "";

    // Behind the end of a sequence that is shorter than others.
    private string Zeros => _head.IsPerStep ? ", zeros behind a sequence's end" : "";

    public void Emit()
    {
        EmitOfOne();
        EmitOfEqualLength();
        EmitOfAnyLengths();
        EmitFromStates(Equal, "");
        EmitFromStates(Any, Zeros);
        EmitInOrder(Equal, "");
        EmitInOrder(Any, Zeros);
    }

    private void EmitOfOne() => Emit(
        $"""
        /// <summary>Runs one sequence. Any number of threads may do so at the same time.</summary>
        /// <param name="inputs"><c>{_input.SequenceShape}</c>.</param>
        /// <param name="outputs">Receives <c>{_head.SequenceShape}</c>.</param>
        {Exception}
        """, null);

    private void EmitOfEqualLength() => Emit(
        $"""
        /// <summary>
        /// Runs sequences of equal length. Any number of threads may do so at the same time.
        /// </summary>
        /// <param name="inputs"><c>{_input.Shape}</c>, step after step.</param>
        {Equal.Meaning}
        /// <param name="outputs">Receives <c>{_head.Shape}</c>.</param>
        {Exception}
        """, Equal);

    private void EmitOfAnyLengths() => Emit(
        $"""
        /// <summary>Runs sequences of any lengths. Any number of threads may do so at the same time.</summary>
        /// <param name="inputs">
        /// <c>{_input.Shape}</c>, step after step; what lies behind a sequence's end is not looked at.
        /// </param>
        {Any.Meaning}
        /// <param name="outputs">Receives <c>{_head.Shape}</c>{Zeros}.</param>
        {Exception}
        """, Any);

    private void EmitFromStates(Batch batch, string zeros) => Emit(
        $"""
        /// <summary>
        /// Runs sequences of {batch.Kind} from given states on. Threads may do so at the same time, each with states
        /// of its own.
        /// </summary>
        /// <param name="inputs"><c>{_input.Shape}</c>, step after step.</param>
        {batch.Meaning}
        /// <param name="outputs">Receives <c>{_head.Shape}</c>{zeros}.</param>
        {_statesMeaning}
        {StatesException}
        """, batch, $"{_states} initial", $"{_states} final");

    private void EmitInOrder(Batch batch, string zeros) => Emit(
        $"""
        /// <summary>
        /// Runs sequences of {batch.Kind} whose rows follow one another step by step or sequence by sequence. Threads
        /// may do so at the same time, each with states of its own.
        /// </summary>
        /// <param name="inputs"><c>{_input.Shape}</c>, or <c>{Turned(_input.Shape)}</c>.</param>
        {batch.Meaning}
        /// <param name="outputs">Receives <c>{_head.Shape}</c>{OrTurned}{zeros}.</param>
        /// <param name="order">
        /// How inputs and outputs follow one another; <see cref="global::RnnGen.SequenceOrder.BatchMajor"/> is
        /// PyTorch's <c>batch_first</c>.
        /// </param>
        {_statesMeaning}
        {StatesException}
        """, batch, $"{RuntimeTypes.Order} order", $"{_states} initial = null", $"{_states} final = null");

    /// <param name="batch">How it says its sequences; null for one.</param>
    /// <param name="further">The parameters behind the outputs.</param>
    private void Emit(string documentation, Batch? batch, params string[] further)
    {
        string[] parameters =
        [
            $"{RuntimeTypes.ReadOnlySpan(_input.HasIndices ? "int" : plan.Number)} inputs",
            .. batch is null ? Array.Empty<string>() : [$"{batch.Type} {batch.Name}"],
            $"{RuntimeTypes.Span(plan.Number)} outputs",
            .. further,
        ];
        IEnumerable<string> names = parameters.Select(parameter => parameter.Replace(" = null", ""))
            .Select(parameter => parameter.Substring(parameter.LastIndexOf(' ') + 1));
        face.Member(
            Signature.Method("public void", "Forward", parameters).InColumn(),
            documentation, Body.Inline($"_runtime.Forward({string.Join(", ", names)})"));
    }

    // The same numbers, sequence by sequence.
    private static string Turned(string shape) => shape.Replace("[T, B", "[B, T");

    /// <summary>How a call says its sequences: by their number, or the length of each.</summary>
    /// <param name="Meaning">What documentation says of the parameter.</param>
    private sealed record Batch(string Kind, string Type, string Name, string Meaning);
}
