using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Face;

/// <summary>
/// Emits what makes a model one of many: the interfaces that code for all of them is written to. Their members are
/// explicit, so that none stands in the way of the user's own.
/// </summary>
internal sealed class InterfaceEmitter(FacePlan plan, FaceWriter face)
{
    private readonly string _number = plan.Number;
    private readonly string _self = DeclarationEmitter.Self(plan.Spec);
    private readonly string _model = $"global::RnnGen.IRecurrentModel<{plan.Number}>";
    private readonly string _factory = Factory(plan);
    private readonly string _sequence = Sequence(plan);

    /// <summary>The interfaces, behind the class's name.</summary>
    public static IEnumerable<string> Names(FacePlan plan) =>
        plan.HasSeveralFeeds ? [Factory(plan)] : [Factory(plan), Sequence(plan)];

    public void Emit()
    {
        EmitModel();
        EmitFactory();
        if (!plan.HasSeveralFeeds)
        {
            EmitForward();
            EmitStream();
        }
    }

    private static string Factory(FacePlan plan) =>
        $"global::RnnGen.IRecurrentModel<{DeclarationEmitter.Self(plan.Spec)}, {plan.Number}>";

    private static string Sequence(FacePlan plan) =>
        $"global::RnnGen.ISequenceModel<{plan.Number}, {InputOf(plan)}>";

    private static string InputOf(FacePlan plan) => plan.Inputs[0].HasIndices ? "int" : plan.Number;

    private void EmitModel()
    {
        Property("global::RnnGen.Training.ModelShape", $"{_model}.Shape", "_runtime.Shape");
        Property(RuntimeTypes.Target, $"{_model}.Target", "_runtime.Kernels.Target");
        Property(RuntimeTypes.TensorMaps, $"{_model}.Tensors", "_runtime.Parameters.Tensors");
        Method($"{_number}[]", $"{_model}.GetTensor", ["string name"], "_runtime.Parameters.Get(name)");
        Method(
            "void", $"{_model}.SetTensor", ["string name", $"{RuntimeTypes.ReadOnlySpan(_number)} values"],
            "_runtime.Parameters.Set(name, values)");
        Method("void", $"{_model}.Save", ["string path"], "_runtime.Parameters.Save(path)");
        Method("void", $"{_model}.Save", [$"{RuntimeTypes.Stream} stream"], "_runtime.Parameters.Save(stream)");
        Method(
            RuntimeTypes.States(_number), $"{_model}.CreateStates", ["int sequences"],
            "_runtime.CreateStates(sequences)");
        Method(
            RuntimeTypes.Trainer(_number), $"{_model}.CreateTrainer", [$"{RuntimeTypes.TrainingOptions}? options"],
            plan.MissingLoss is null ? "CreateTrainer(options)" : Refused("trained: it has no loss"));
    }

    private void EmitFactory()
    {
        string target = $"{RuntimeTypes.OptionalTarget} target";
        Method($"static {_self}", $"{_factory}.Create", ["ulong seed", target], "new(seed, target)");
        Method(
            $"static {_self}", $"{_factory}.Load",
            [$"{RuntimeTypes.Stream} stream", target, $"{RuntimeTypes.LoadOptions}? options"],
            "Load(stream, target, options)");
    }

    private void EmitForward()
    {
        string inputs = $"{RuntimeTypes.ReadOnlySpan(InputOf(plan))} inputs";
        string outputs = $"{RuntimeTypes.Span(_number)} outputs";
        string states = RuntimeTypes.States(_number) + "?";
        Method("void", $"{_sequence}.Forward", [inputs, outputs], "_runtime.Forward(inputs, outputs)");
        foreach (string batch in new[] { "int sequences", $"{RuntimeTypes.ReadOnlySpan("int")} lengths" })
        {
            string name = batch.Substring(batch.LastIndexOf(' ') + 1);
            Method(
                "void", $"{_sequence}.Forward",
                [inputs, batch, outputs, $"{RuntimeTypes.Order} order", $"{states} initial", $"{states} final"],
                $"_runtime.Forward(inputs, {name}, outputs, order, initial, final)");
        }
    }

    private void EmitStream()
    {
        string noStep = Refused("stepped: its backward direction starts at a sequence's end");
        string step = plan.Inputs[0].HasIndices
            ? "_runtime.Step(global::RnnGen.Training.StreamInput.Token(input), state)"
            : "_runtime.Step(input, state)";
        string state = RuntimeTypes.StreamState(_number);
        Method(state, $"{_sequence}.CreateState", [], plan.Streams ? "CreateState()" : noStep);
        Method(
            RuntimeTypes.ReadOnlySpan(_number), $"{_sequence}.Step",
            [$"{RuntimeTypes.ReadOnlySpan(InputOf(plan))} input", $"{state} state"], plan.Streams ? step : noStep);
    }

    private string Refused(string what) =>
        $"throw new global::System.NotSupportedException(\"{plan.Spec.Name} cannot be {what}.\")";

    private void Property(string type, string name, string body) => Member(Signature.Property(type, name), body);

    private void Method(string type, string name, string[] parameters, string body) =>
        Member(Signature.Method(type, name, parameters), body);

    private void Member(Signature signature, string body) =>
        face.Member(signature.Filled(), "", Body.Below(body));
}
