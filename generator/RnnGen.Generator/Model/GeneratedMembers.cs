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

    // Before the names of all.
    private static readonly string[] OfStacks =
    [
        "SourceSteps", "TargetSteps", "SourceVocabulary", "SourceSize", "TargetVocabulary", "TargetSize",
    ];

    // Of tokens and of features of either precision: what a user would write is one of them.
    private static readonly MemberShape[] OfDecoders =
    [
        .. new[] { "int", "float", "double" }.SelectMany(number => new[]
        {
            MemberShape.Method("Decode", Span(number), "global::RnnGen.DecodingOptions"),
            MemberShape.Method(
                "Decode", $"global::System.Collections.Generic.IReadOnlyList<{number}[]>",
                "global::RnnGen.DecodingOptions"),
        }),
    ];

    /// <summary>Constants, of which attributes may seem to know.</summary>
    public static readonly EquatableArray<string> Constants =
        new(["Steps", "Batch", "Vocabulary", "InputSize", "OutputSize", "ParameterCount"]);

    /// <summary>The names of all members that any model may get, constructors left out.</summary>
    public static readonly EquatableArray<string> Names = AllNames();

    /// <summary>Whether a member of that name can clash: one above, a constructor, or a property's accessor.</summary>
    public static bool CanClash(string name) => name == MemberShape.Constructor
        || Names.Contains(name)
        || name.EndsWith("OutputSize", StringComparison.Ordinal)
        || (name.Length > 4 && name.Substring(0, 4) is "get_" or "set_" && Names.Contains(name.Substring(4)));

    /// <summary>The members that a model gets; where its input is not known, those of both kinds.</summary>
    public static IEnumerable<MemberShape> Of(ModelSpec model)
    {
        bool hasTokens = model.Layers.Any(layer => layer.Argument("vocabulary") is not null);
        bool hasFeatures = model.Layers.Any(layer => layer.Argument("features") is not null);
        string number = model.Precision == Precision.Double ? "double" : "float";
        if (model.IsEncoderDecoder || model.Layers.Count(layer => layer.Loss is not null) > 1)
        {
            return Common(number).Where(member => !IsOfOneInput(member.Name)).Concat(OfFeeds(model));
        }

        return Common(number)
            .Concat(hasTokens || !hasFeatures ? OfTokens(number) : [])
            .Concat(hasFeatures || !hasTokens ? OfFeatures(number) : []);
    }

    /// <summary>The names that C# takes for a property.</summary>
    public static IEnumerable<MemberShape> AccessorsOf(string property, string type) =>
        [MemberShape.Method("get_" + property), MemberShape.Method("set_" + property, type)];

    private static bool IsOfOneInput(string name) => name is "OutputSize";

    // Constants of axes, inputs and heads. Overloads of Forward differ from all that a user would write.
    private static IEnumerable<MemberShape> OfFeeds(ModelSpec model)
    {
        var kinds = new Dictionary<string, int>();
        string[] heads =
        [
            .. model.Layers.Select(layer => (Loss: layer.Loss is not null, Name: NameOf(layer, kinds)))
                .Where(layer => layer.Loss).Select(layer => LayerNames.Identifier(layer.Name)),
        ];
        return (heads.Length > 1 ? heads : [""]).Select(head => head + "OutputSize")
            .Concat(model.IsEncoderDecoder ? OfStacks : ["Vocabulary", "InputSize"])
            .Select(MemberShape.Value)
            .Concat(model.Decodes ? OfDecoders : []);
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
        MemberShape.Value("Steps"),
        MemberShape.Value("Batch"),
        MemberShape.Value("OutputSize"),
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
        MemberShape.Method("CreateState"),
        MemberShape.Type("State"),
        MemberShape.Method("CreateTrainer", "global::RnnGen.TrainingOptions"),
        MemberShape.Type("Trainer"),
    ];

    private static IEnumerable<MemberShape> OfTokens(string number) =>
    [
        MemberShape.Value("Vocabulary"),
        MemberShape.Method("Step", "int", "State"),
        .. Forward(Span("int"), number),
    ];

    private static IEnumerable<MemberShape> OfFeatures(string number) =>
    [
        MemberShape.Value("InputSize"),
        MemberShape.Method("Step", Span(number), "State"),
        .. Forward(Span(number), number),
    ];

    private static IEnumerable<MemberShape> Forward(string inputs, string number)
    {
        string outputs = $"global::System.Span<{number}>";
        string states = $"global::RnnGen.RecurrentStates<{number}>";
        yield return MemberShape.Method("Forward", inputs, outputs);
        foreach (string sequences in new[] { "int", Span("int") })
        {
            yield return MemberShape.Method("Forward", inputs, sequences, outputs);
            yield return MemberShape.Method("Forward", inputs, sequences, outputs, states, states);
            yield return MemberShape.Method("Forward", inputs, sequences, outputs, Order, states, states);
        }
    }

    private static string Span(string number) => $"global::System.ReadOnlySpan<{number}>";

    private static EquatableArray<string> AllNames() => Common("float").Concat(OfTokens("float"))
        .Concat(OfFeatures("float")).Concat(OfStacks.Select(MemberShape.Value))
        .Concat(OfDecoders)
        .Select(member => member.Name)
        .Where(name => name != MemberShape.Constructor && !name.StartsWith("get_", StringComparison.Ordinal)
            && !name.StartsWith("set_", StringComparison.Ordinal))
        .Distinct()
        .ToEquatableArray();
}
