namespace RnnGen.Generator.Model;

/// <summary>What the user declared, in the user's words. Holds nothing of Roslyn and no position.</summary>
internal sealed record ModelSpec
{
    /// <summary>The class's name, without its containing types.</summary>
    public required string Name { get; init; }

    /// <summary>The name as C# writes it, <c>@class</c> for <c>class</c>.</summary>
    public required string Identifier { get; init; }

    /// <summary>As C# writes it; empty for the global namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Containing types, outermost first.</summary>
    public required EquatableArray<ContainingTypeSpec> ContainingTypes { get; init; }

    /// <summary>What the declaration looks like, for the rules that judge it.</summary>
    public required DeclarationSpec Declaration { get; init; }

    /// <summary>The longest sequence, or window, that one batch holds; of a model of two stacks, the source.</summary>
    public required int Steps { get; init; }

    /// <summary>The longest target sequence of a model of two stacks; 0 where there is one.</summary>
    public int TargetSteps { get; init; }

    /// <summary>The most sequences that one batch holds.</summary>
    public required int Batch { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>What is written in <c>[SequenceModel]</c>.</summary>
    public required EquatableArray<ArgumentSpec> Arguments { get; init; }

    /// <summary>Declared as an encoder and a decoder.</summary>
    public bool IsEncoderDecoder { get; init; }

    /// <summary>
    /// It has two ways through time: whoever has written two stacks means them, whatever stands above.
    /// </summary>
    public bool HasTwoStacks => IsEncoderDecoder || Layers.Count(layer => layer.BeginsStack) > 1;

    /// <summary>The token that a decoder reads first; −1 where it is not declared.</summary>
    public int Start { get; init; } = -1;

    /// <summary>The token that ends what a decoder gives; −1 where it is not declared.</summary>
    public int End { get; init; } = -1;

    /// <summary>What a decoder starts from.</summary>
    public Bridge Bridge { get; init; }

    /// <summary>Sequences can be decoded: both are declared.</summary>
    public bool Decodes => IsEncoderDecoder && Start >= 0 && End >= 0;

    /// <summary>The stacks in their order: one, unless the model is declared otherwise.</summary>
    public IEnumerable<StackSpec> Stacks
    {
        get
        {
            int[] begins = [.. Enumerable.Range(0, Layers.Count).Where(i => Layers[i].BeginsStack)];
            if (begins.Length == 0)
            {
                return [new StackSpec("", 0, Layers.Count, Steps)];
            }

            return begins.Select((begin, i) => new StackSpec(
                Layers[begin].Name.ToLowerInvariant(), begin + 1,
                (i + 1 < begins.Length ? begins[i + 1] : Layers.Count) - begin - 1, i == 0 ? Steps : TargetSteps,
                Layers[begin].Flag("Reverse")));
        }
    }

    /// <summary>
    /// The layers of the stack that an attribute begins; none where it is missing. What stands above both is likely
    /// the encoder's.
    /// </summary>
    public IEnumerable<LayerSpec> LayersOfStack(string name)
    {
        string stack = "Encoder";
        foreach (LayerSpec layer in Layers)
        {
            if (layer.BeginsStack)
            {
                stack = layer.Name;
            }
            else if (stack == name)
            {
                yield return layer;
            }
        }
    }

    /// <summary>
    /// A stack as a model of its own, for rules; layers know the stack's name, and the model's own arguments stay as
    /// they were written.
    /// </summary>
    public ModelSpec Only(StackSpec stack) => stack.Name.Length == 0 ? this : this with
    {
        Layers = Layers.Skip(stack.First).Take(stack.Count).Select(layer => layer with { Stack = stack.Name })
            .ToEquatableArray(),
    };

    /// <summary>The layer attributes in source order, the loss among them.</summary>
    public required EquatableArray<LayerSpec> Layers { get; init; }

    /// <summary>The name of a layer in messages, its stack with it.</summary>
    public string Title(int layer) =>
        Stacks.FirstOrDefault(stack => stack.First <= layer && layer < stack.First + stack.Count) is { } stack
            ? (Layers[layer] with { Stack = stack.Name }).Title
            : Layers[layer].Title;

    /// <summary>
    /// False where the compiler itself has something against the attributes: they may say more than is known here.
    /// </summary>
    public required bool HasReadableAttributes { get; init; }

    /// <summary>False where there are layers only.</summary>
    public required bool HasModelAttribute { get; init; }

    /// <summary>Constants of models, which do not exist yet, in the attributes.</summary>
    public required EquatableArray<GeneratedNumber> GeneratedNumbers { get; init; }

    public required GenerationOptions Options { get; init; }

    /// <summary>The class, and each type around it, can have another part.</summary>
    public bool IsPartial => Declaration.IsPartial && ContainingTypes.All(outer => outer.IsPartial);

    /// <summary>The full name, such as <c>Samples.Outer.CharacterModel</c>: unique in a compilation.</summary>
    public string FullName => string.Join(".", NameParts.Where(part => part.Length > 0))
        .Replace("@", "").Replace('<', '{').Replace('>', '}');

    private IEnumerable<string> NameParts =>
    [
        Namespace,
        .. ContainingTypes.Select(type => type.Name + type.TypeParameters),
        Name + Declaration.TypeParameters,
    ];
}

/// <summary>A type that encloses the model class, as its partial declaration must repeat it.</summary>
/// <param name="Keyword">For instance <c>class</c>, <c>record struct</c>.</param>
/// <param name="Identifier">The name as C# writes it, <c>@class</c> for <c>class</c>.</param>
/// <param name="TypeParameters">For instance <c>&lt;T, U&gt;</c>; empty where it is not generic.</param>
internal sealed record ContainingTypeSpec(
    string Keyword, string Name, string Identifier, bool IsPartial, string TypeParameters, bool IsFileLocal);

/// <summary>A constant of a model in an attribute.</summary>
/// <param name="Layer">The attribute's place among the layers; -1 for <c>[SequenceModel]</c>.</param>
/// <param name="Argument">Which argument it stands in.</param>
/// <param name="Text">For instance <c>Other.Vocabulary</c>.</param>
internal sealed record GeneratedNumber(int Layer, string Argument, string Text);

/// <summary>How the model class is declared.</summary>
/// <param name="Keyword"><c>class</c>, or what stands in its place.</param>
/// <param name="TypeParameters">For instance <c>&lt;T, U&gt;</c>; empty where it is not generic.</param>
/// <param name="HasPrimaryConstructor">Parameters stand behind the class's name.</param>
/// <param name="HasBareConstructor">A constructor in it calls none of the same class.</param>
/// <param name="BaseNeedsArguments">
/// No constructor of the base class can be called without arguments, which the compiler says itself.
/// </param>
internal sealed record DeclarationSpec(
    string Keyword,
    bool IsPartial,
    string TypeParameters,
    bool IsStatic,
    bool IsAbstract,
    bool IsFileLocal,
    bool HasPrimaryConstructor,
    bool HasBareConstructor,
    bool BaseNeedsArguments)
{
    /// <summary>Members, own and inherited, that the generated ones may clash with, and all required ones.</summary>
    public required EquatableArray<MemberSpec> Members { get; init; }

    /// <summary>The base class that is a model, too; null where there is none.</summary>
    public required string? BaseModel { get; init; }
}

/// <summary>How a decoder's states come from the encoder's; values as in the runtime's enum of the same name.</summary>
internal enum Bridge
{
    LastStates = 0,
    Learned = 1,
    None = 2,
}

/// <summary>Number format; values as in the runtime's enum of the same name.</summary>
internal enum Precision
{
    Single = 0,
    Double = 1,
}
