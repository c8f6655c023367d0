namespace RnnGen.Generator.Model;

/// <summary>What the user declared, in the user's words. Holds nothing of Roslyn and no position.</summary>
internal sealed record ModelSpec
{
    /// <summary>The class's name, without its containing types.</summary>
    public required string Name { get; init; }

    /// <summary>Empty for the global namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Containing types, outermost first.</summary>
    public required EquatableArray<ContainingTypeSpec> ContainingTypes { get; init; }

    /// <summary>What the declaration looks like, for the rules that judge it.</summary>
    public required DeclarationSpec Declaration { get; init; }

    /// <summary>The longest sequence, or window, that one batch holds.</summary>
    public required int Steps { get; init; }

    /// <summary>The most sequences that one batch holds.</summary>
    public required int Batch { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>The layer attributes in source order, the loss among them.</summary>
    public required EquatableArray<LayerSpec> Layers { get; init; }

    public required GenerationOptions Options { get; init; }

    /// <summary>The full name, such as <c>Samples.Outer.CharacterModel</c>: unique in a compilation.</summary>
    public string FullName =>
        string.Join(
            ".", new[] { Namespace }.Concat(ContainingTypes.Select(type => type.Name)).Append(Name).Where(
            part => part.Length > 0));
}

/// <summary>A type that encloses the model class, as its partial declaration must repeat it.</summary>
/// <param name="Keyword">For instance <c>class</c>, <c>record struct</c>.</param>
internal sealed record ContainingTypeSpec(string Keyword, string Name, bool IsPartial, bool IsGeneric);

/// <summary>How the model class is declared.</summary>
/// <param name="Keyword"><c>class</c>, or what stands in its place.</param>
/// <param name="LayerParts">How many partial declarations carry layer attributes.</param>
internal sealed record DeclarationSpec(
    string Keyword, bool IsPartial, bool IsGeneric, bool IsStatic, bool IsAbstract, bool IsFileLocal, int LayerParts);

/// <summary>Number format; values as in the runtime's enum of the same name.</summary>
internal enum Precision
{
    Single = 0,
    Double = 1,
}

/// <summary>The properties of the project that generation looks at.</summary>
internal sealed record GenerationOptions(bool AllowUnsafeBlocks);
