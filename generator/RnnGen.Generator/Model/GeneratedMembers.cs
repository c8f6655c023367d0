namespace RnnGen.Generator.Model;

/// <summary>The members that a model gets. A test compares them with those that are emitted.</summary>
internal static class GeneratedMembers
{
    private const string Target = "global::RnnGen.Kernels.SimdTarget?";
    private const string Stream = "global::System.IO.Stream";
    private const string Options = "global::RnnGen.LoadOptions";
    private const string Order = "global::RnnGen.SequenceOrder";
    private const string Tensors =
        "global::System.Collections.Immutable.ImmutableArray<global::RnnGen.Weights.TensorMap>";

    private const string Attention =
        "global::System.Span<global::System.Collections.Immutable.ImmutableArray<global::RnnGen.AttentionMatrix>>";

    /// <summary>Constants, of which attributes may seem to know; those of heads are called after them.</summary>
    public static readonly EquatableArray<string> Constants = new([
        "Steps", "Batch", "Vocabulary", "InputSize", "OutputSize", "ParameterCount",
        "SourceSteps", "TargetSteps", "SourceVocabulary", "SourceSize", "TargetVocabulary", "TargetSize",
        "Start", "End",
    ]);

    // Of tokens and of features of either precision: what a user would write is one of them.
    private static readonly MemberShape[] OfDecoders =
    [
        .. new[] { "int", "float", "double" }.SelectMany(number => new[]
        {
            MemberShape.Method("Decode", Span(number), "global::RnnGen.DecodingOptions"),
            MemberShape.Method(
                "Decode", $"global::System.Collections.Generic.IReadOnlyList<{number}[]>",
                "global::RnnGen.DecodingOptions"),
            MemberShape.Method("Score", Span(number), Span("int"), "global::RnnGen.DecodingOptions"),
            MemberShape.Method(
                "Score", $"global::System.Collections.Generic.IReadOnlyList<{number}[]>",
                "global::System.Collections.Generic.IReadOnlyList<int[]>", "global::RnnGen.DecodingOptions"),
        }),
        MemberShape.Method("CreateDecoder"),
    ];

    /// <summary>
    /// The names of all members that any model may get, but for constructors and what is called after a head.
    /// </summary>
    public static readonly EquatableArray<string> Names = AllNames();

    /// <summary>Whether a member of that name can clash: one above, a constructor, or a property's accessor.</summary>
    public static bool CanClash(string name) => name == MemberShape.Constructor
        || Names.Contains(name)
        || name.EndsWith("OutputSize", StringComparison.Ordinal)
        || (name.Length > 4 && name.Substring(0, 4) is "get_" or "set_" && Names.Contains(name.Substring(4)));

    /// <summary>The members that a model gets; where an input is not known, those of both kinds.</summary>
    public static IEnumerable<MemberShape> Of(ModelSpec model)
    {
        string number = model.Precision == Precision.Double ? "double" : "float";
        string[] heads = [.. HeadsOf(model)];
        return Common(number)
            .Concat(heads.Select(head => MemberShape.Value(head + "OutputSize")))
            .Concat(model.HasTwoStacks
                ? OfTwoStacks(model, heads.Length, number).Concat(model.Decodes ? OfDecoders : [])
                : OfOneStack(model.Layers, heads.Length, number));
    }

    /// <summary>The names that C# takes for a property.</summary>
    public static IEnumerable<MemberShape> AccessorsOf(string property, string type) =>
        [MemberShape.Method("get_" + property), MemberShape.Method("set_" + property, type)];

    // What members are called after; nothing where there is one head.
    private static IEnumerable<string> HeadsOf(ModelSpec model)
    {
        var kinds = new Dictionary<string, int>();
        string[] heads =
        [
            .. model.Layers.Select(layer => (Loss: layer.Loss is not null, Name: NameOf(layer, kinds)))
                .Where(layer => layer.Loss).Select(layer => LayerNames.Identifier(layer.Name)),
        ];
        return heads.Length > 1 ? heads : [""];
    }

    // Each stack counts its layers anew.
    private static string NameOf(LayerSpec layer, Dictionary<string, int> kinds)
    {
        if (layer.BeginsStack)
        {
            kinds.Clear();
        }

        return LayerNames.Of(layer, kinds);
    }

    private static IEnumerable<MemberShape> Common(string number) =>
    [
        MemberShape.Value("Batch"),
        MemberShape.Value("ParameterCount"),
        MemberShape.Value("Summary"),
        .. AccessorsOf("Summary", "string"),
        MemberShape.Value("_runtime"),
        MemberShape.Method(MemberShape.Constructor, "ulong", Target),
        MemberShape.Method(MemberShape.Constructor, $"global::RnnGen.Training.ModelKernels<{number}>"),
        MemberShape.Value("Target"),
        .. AccessorsOf("Target", "global::RnnGen.Kernels.SimdTarget"),
        MemberShape.Method("CreateKernels", Target),
        MemberShape.Value("Tensors"),
        .. AccessorsOf("Tensors", Tensors),
        MemberShape.Method("GetTensor", "string"),
        MemberShape.Method("SetTensor", "string", Span(number)),
        MemberShape.Method("Save", "string"),
        MemberShape.Method("Save", Stream),
        MemberShape.Method("Load", "string", Target, Options),
        MemberShape.Method("Load", Stream, Target, Options),
        MemberShape.Method("Load", Span("byte"), Target, Options),
        MemberShape.Method("CreateStates", "int"),
        MemberShape.Method("CreateTrainer", "global::RnnGen.TrainingOptions"),
        MemberShape.Type("Trainer"),
    ];

    // One way through time, along which it can be stepped.
    private static IEnumerable<MemberShape> OfOneStack(IEnumerable<LayerSpec> layers, int heads, string number)
    {
        yield return MemberShape.Value("Steps");
        yield return MemberShape.Method("CreateState");
        yield return MemberShape.Type("State");
        foreach (bool hasTokens in KindsOf(layers))
        {
            yield return MemberShape.Value(hasTokens ? "Vocabulary" : "InputSize");
            yield return MemberShape.Method("Step", hasTokens ? "int" : Span(number), "State");
            string inputs = Inputs(hasTokens, number);
            foreach (MemberShape forward in heads == 1 ? Forward(inputs, number) : Forward([inputs], 1, heads, number))
            {
                yield return forward;
            }
        }
    }

    private static IEnumerable<MemberShape> OfTwoStacks(ModelSpec model, int heads, string number)
    {
        bool[] sources = KindsOf(model.LayersOfStack("Encoder"));
        bool[] targets = KindsOf(model.LayersOfStack("Decoder"));
        string[] constants =
        [
            "SourceSteps", "TargetSteps",
            .. sources.Select(hasTokens => hasTokens ? "SourceVocabulary" : "SourceSize"),
            .. targets.Select(hasTokens => hasTokens ? "TargetVocabulary" : "TargetSize"),
            .. model.Decodes ? ["Start", "End"] : Array.Empty<string>(),
        ];
        bool attends = model.Layers.Any(layer => layer.Argument("score") is not null);
        return constants.Select(MemberShape.Value).Concat(
            from source in sources
            from target in targets
            from forward in Forward([Inputs(source, number), Inputs(target, number)], 2, heads, number, attends)
            select forward);
    }

    // Whether the input is tokens; where that is not known, both ways.
    private static bool[] KindsOf(IEnumerable<LayerSpec> layers)
    {
        bool hasTokens = layers.Any(layer => layer.Argument("vocabulary") is not null);
        bool hasFeatures = layers.Any(layer => layer.Argument("features") is not null);
        return hasTokens == hasFeatures ? [true, false] : [hasTokens];
    }

    private static string Inputs(bool hasTokens, string number) => Span(hasTokens ? "int" : number);

    // Of one input and one head.
    private static IEnumerable<MemberShape> Forward(string inputs, string number)
    {
        string outputs = Outputs(number);
        string states = States(number);
        yield return MemberShape.Method("Forward", inputs, outputs);
        foreach (string sequences in new[] { "int", Span("int") })
        {
            yield return MemberShape.Method("Forward", inputs, sequences, outputs);
            yield return MemberShape.Method("Forward", inputs, sequences, outputs, states, states);
            yield return MemberShape.Method("Forward", inputs, sequences, outputs, Order, states, states);
        }
    }

    // Of several, the last one what the others call.
    private static IEnumerable<MemberShape> Forward(
        string[] inputs, int axes, int heads, string number, bool attends = false)
    {
        string[] attention = attends ? [Attention] : [];
        string[] outputs = [.. Enumerable.Repeat(Outputs(number), heads)];
        string[] states = [States(number), States(number)];
        yield return MemberShape.Method("Forward", [.. inputs, .. outputs]);
        foreach (string[] batch in new string[][] { ["int"], [.. Enumerable.Repeat(Span("int"), axes)] })
        {
            yield return MemberShape.Method(
                "Forward", [.. inputs, .. batch, .. outputs, .. states, Order, .. attention]);
        }

        string call = $"ref global::RnnGen.Training.ForwardCall<{number}>";
        yield return MemberShape.Method("Forward", [call, .. inputs, .. outputs, .. states, .. attention]);
    }

    private static string Span(string number) => $"global::System.ReadOnlySpan<{number}>";

    private static string Outputs(string number) => $"global::System.Span<{number}>";

    private static string States(string number) => $"global::RnnGen.RecurrentStates<{number}>";

    private static EquatableArray<string> AllNames() => Common("float")
        .Concat(OfDecoders)
        .Concat(OfOneStack([], 1, "float"))
        .Select(member => member.Name)
        .Where(name => name != MemberShape.Constructor && !name.StartsWith("get_", StringComparison.Ordinal)
            && !name.StartsWith("set_", StringComparison.Ordinal))
        .Concat(Constants)
        .Distinct()
        .ToEquatableArray();
}
