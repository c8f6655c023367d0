namespace RnnGen.Generator.Emission;

/// <summary>
/// Emits what makes a model one of many: the interfaces that code for all of them is written to. Their members are
/// explicit, so that none stands in the way of the user's own.
/// </summary>
/// <param name="self">The model's class, as C# names it inside of itself.</param>
/// <param name="number">The model's numbers, <c>float</c> or <c>double</c>.</param>
/// <param name="input">What it reads, <c>int</c> for tokens; null where it has several inputs or heads.</param>
internal sealed class InterfaceEmitter(CodeWriter code, string self, string number, string? input)
{
    private const string ReadOnlySpan = "global::System.ReadOnlySpan";
    private const string Simd = "global::RnnGen.Kernels.SimdTarget";
    private const string Stream = "global::System.IO.Stream";
    private const string Options = "global::RnnGen.LoadOptions";
    private const string Maps = "global::System.Collections.Immutable.ImmutableArray<global::RnnGen.Weights.TensorMap>";

    /// <summary>The interfaces, behind the class's name.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            yield return Factory;
            if (input is not null)
            {
                yield return Sequence;
            }
        }
    }

    private string Model => $"global::RnnGen.IRecurrentModel<{number}>";

    private string Factory => $"global::RnnGen.IRecurrentModel<{self}, {number}>";

    private string Sequence => $"global::RnnGen.ISequenceModel<{number}, {input}>";

    private string States => $"global::RnnGen.RecurrentStates<{number}>";

    private string State => $"global::RnnGen.Training.StreamState<{number}>";

    /// <summary>The members of a model that runs.</summary>
    /// <param name="streams">It can be stepped.</param>
    /// <param name="trains">It has a loss.</param>
    public void Emit(string name, bool streams, bool trains)
    {
        string Refused(string what) =>
            $"throw new global::System.NotSupportedException(\"{name} cannot be {what}.\")";
        string Call(string member) => $"_runtime.{member}";
        EmitMembers(
            Call, "new(seed, target)", "Load(stream, target, options)",
            trains ? "CreateTrainer(options)" : Refused("trained: it has no loss"));
        if (input is null)
        {
            return;
        }

        string noStep = Refused("stepped: its backward direction starts at a sequence's end");
        string step = input == "int" ? "_runtime.Step(global::RnnGen.Training.StreamInput.Token(input), state)"
            : "_runtime.Step(input, state)";
        EmitRuns(Call, streams ? "CreateState()" : noStep, streams ? step : noStep);
    }

    /// <summary>The members of a model that was refused.</summary>
    /// <param name="refusal">The exception to throw, as an expression.</param>
    public void EmitRefused(string refusal)
    {
        string Throw(string _) => $"throw {refusal}";
        EmitMembers(Throw, Throw(""), Throw(""), Throw(""));
        if (input is not null)
        {
            EmitRuns(Throw, Throw(""), Throw(""));
        }
    }

    private void EmitMembers(Func<string, string> of, string create, string load, string trainer)
    {
        Member($"global::RnnGen.Training.ModelShape {Model}.Shape", of("Shape"));
        Member($"{Simd} {Model}.Target", of("Kernels.Target"));
        Member($"{Maps} {Model}.Tensors", of("Parameters.Tensors"));
        Member($"{number}[] {Model}.GetTensor(string name)", of("Parameters.Get(name)"));
        Member(
            $"void {Model}.SetTensor(string name, {ReadOnlySpan}<{number}> values)",
            of("Parameters.Set(name, values)"));
        Member($"void {Model}.Save(string path)", of("Parameters.Save(path)"));
        Member($"void {Model}.Save({Stream} stream)", of("Parameters.Save(stream)"));
        Member($"{States} {Model}.CreateStates(int sequences)", of("CreateStates(sequences)"));
        Member(
            $"global::RnnGen.Training.ModelTrainer<{number}> {Model}.CreateTrainer("
                + "global::RnnGen.TrainingOptions? options)", trainer);
        Member($"static {self} {Factory}.Create(ulong seed, {Simd}? target)", create);
        Member($"static {self} {Factory}.Load({Stream} stream, {Simd}? target, {Options}? options)", load);
    }

    private void EmitRuns(Func<string, string> of, string state, string step)
    {
        string inputs = $"{ReadOnlySpan}<{input}> inputs";
        string outputs = $"global::System.Span<{number}> outputs";
        string further = $"global::RnnGen.SequenceOrder order, {States}? initial, {States}? final";
        Member($"void {Sequence}.Forward({inputs}, {outputs})", of("Forward(inputs, outputs)"));
        foreach (string batch in new[] { "int sequences", $"{ReadOnlySpan}<int> lengths" })
        {
            string name = batch.Substring(batch.LastIndexOf(' ') + 1);
            Member(
                $"void {Sequence}.Forward({inputs}, {batch}, {outputs}, {further})",
                of($"Forward(inputs, {name}, outputs, order, initial, final)"));
        }

        Member($"{State} {Sequence}.CreateState()", state);
        Member($"{ReadOnlySpan}<{number}> {Sequence}.Step({ReadOnlySpan}<{input}> input, {State} state)", step);
    }

    private void Member(string declaration, string body)
    {
        int parameters = declaration.IndexOf('(');
        if (parameters < 0)
        {
            // A property, whose type may be long.
            int name = declaration.LastIndexOf(' ');
            code.List(declaration.Substring(0, name + 1), [declaration.Substring(name + 1)], " =>");
            code.Line($"    {body};\n");
            return;
        }

        string[] all = declaration.Substring(parameters + 1, declaration.Length - parameters - 2)
            .Split([", "], StringSplitOptions.None);
        code.List(declaration.Substring(0, parameters + 1), all[0].Length == 0 ? [] : all, ") =>");
        code.Line($"    {body};\n");
    }
}
