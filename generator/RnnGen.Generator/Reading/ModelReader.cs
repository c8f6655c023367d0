using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>Reads an attributed class into a <see cref="ModelSpec"/>, and the places of its parts into a map.</summary>
internal static class ModelReader
{
    // As in the attribute; a test compares them.
    public const int DefaultSteps = 64;
    public const int DefaultBatch = 32;

    /// <summary>The declaration; null for all parts of a class but the first that carries the attribute.</summary>
    public static ModelDeclaration? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        context.TargetSymbol is INamedTypeSymbol type && Attribute(type) is { } attribute
            && SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, context.Attributes[0].AttributeClass)
            && Syntax(attribute, cancellation)?.FirstAncestorOrSelf<TypeDeclarationSyntax>() == context.TargetNode
                ? Read(type, attribute, context.SemanticModel.Compilation, cancellation)
                : null;

    /// <summary>
    /// The declaration of a class that has an input but lacks <c>[SequenceModel]</c>; null for all parts of it but the
    /// first that carries an input.
    /// </summary>
    public static ModelDeclaration? ReadUnmarked(
        GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        context.TargetSymbol is INamedTypeSymbol type && Attribute(type) is null
            && type.GetAttributes().First(IsInput) is { } input
            && Syntax(input, cancellation)?.FirstAncestorOrSelf<TypeDeclarationSyntax>() == context.TargetNode
                ? Read(type, null, context.SemanticModel.Compilation, cancellation)
                : null;

    public static bool HasInput(INamedTypeSymbol type) => type.GetAttributes().Any(IsInput);

    /// <summary>The declaration; null where the class has no <c>[SequenceModel]</c>.</summary>
    public static ModelDeclaration? Read(
        INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation) =>
        Attribute(type) is { } attribute ? Read(type, attribute, compilation, cancellation) : null;

    private static ModelDeclaration? Read(
        INamedTypeSymbol type, AttributeData? model, Compilation compilation, CancellationToken cancellation)
    {
        AttributeData first = model ?? type.GetAttributes().First(IsInput);
        if (Syntax(first, cancellation)?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration)
        {
            return null;
        }

        AttributeInPart[] layers = [.. AttributeInPart.Layers(type, declaration, cancellation)];
        ArgumentSpec[] arguments = model is null ? [] : [.. LayerReader.Arguments(model)];
        int Value(string name, int missing) =>
            (int)(arguments.FirstOrDefault(argument => argument.Name == name)?.Number ?? missing);
        bool isEncoderDecoder = model is not null && IsOf(model, AttributeNames.EncoderDecoder);
        (MemberSpec Member, Location? Place)[] members = [.. MemberReader.Read(type, compilation)];
        AttributeData[] attributes = [.. layers.Select(layer => layer.Attribute)];
        var spec = new ModelSpec
        {
            Name = type.Name,
            Identifier = CSharpName.Of(type.Name),
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : CSharpName.Of(type.ContainingNamespace),
            ContainingTypes = DeclarationReader.ContainingTypes(type),
            Declaration = DeclarationReader.Read(type, members.Select(member => member.Member), compilation),
            Steps = Value(isEncoderDecoder ? "SourceSteps" : "Steps", DefaultSteps),
            TargetSteps = isEncoderDecoder ? Value("TargetSteps", DefaultSteps) : 0,
            IsEncoderDecoder = isEncoderDecoder,
            Start = isEncoderDecoder ? Value("Start", -1) : -1,
            End = isEncoderDecoder ? Value("End", -1) : -1,
            Bridge = isEncoderDecoder ? (Bridge)Value("Bridge", 0) : Bridge.LastStates,
            Batch = Value("Batch", DefaultBatch),
            Precision = (Precision)Value("Precision", 0),
            Arguments = arguments.ToEquatableArray(),
            Layers = Placed(layers.Select(layer => LayerReader.Read(layer.Attribute, layer.Part, cancellation)))
                .ToEquatableArray(),
            HasReadableAttributes = HasReadableAttributes(type, [first, .. attributes], cancellation),
            HasModelAttribute = model is not null,
            GeneratedNumbers = GeneratedNumbers(first, attributes, compilation, cancellation).ToEquatableArray(),
            Options = Options(compilation, declaration),
        };
        return new ModelDeclaration(spec, DeclarationMap.Of(
            declaration, first, attributes, members.Select(member => member.Place), cancellation));
    }

    // Each with what stands above it in its stack.
    private static IEnumerable<LayerSpec> Placed(IEnumerable<LayerSpec> layers)
    {
        bool isBelow = false;
        foreach (LayerSpec layer in layers)
        {
            isBelow &= !layer.BeginsStack;
            yield return layer with { FollowsRecurrent = isBelow };
            isBelow |= layer.Cell is not null || layer.CellProblem is not null;
        }
    }

    /// <summary>The class's <c>[SequenceModel]</c> or <c>[EncoderDecoder]</c>.</summary>
    public static AttributeData? Attribute(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute =>
            IsOf(attribute, AttributeNames.SequenceModel) || IsOf(attribute, AttributeNames.EncoderDecoder));

    private static bool IsOf(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } kind && LayerReader.MetadataName(kind) == name;

    private static bool IsInput(AttributeData attribute) => attribute.AttributeClass is { } kind
        && LayerReader.MetadataName(kind) is AttributeNames.Input or AttributeNames.Embedding;

    private static IEnumerable<GeneratedNumber> GeneratedNumbers(
        AttributeData model, AttributeData[] layers, Compilation compilation, CancellationToken cancellation) =>
        GeneratedNumberReader.Read(model, -1, compilation, cancellation).Concat(layers.SelectMany(
            (layer, index) => GeneratedNumberReader.Read(layer, index, compilation, cancellation)));

    private static SyntaxNode? Syntax(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation);

    // An attribute of unknown type may have been meant as a layer.
    private static bool HasReadableAttributes(
        INamedTypeSymbol type, AttributeData[] own, CancellationToken cancellation) =>
        type.GetAttributes().All(attribute => attribute.AttributeClass is { TypeKind: not TypeKind.Error })
        && own.All(attribute => LayerReader.IsReadable(attribute, cancellation));

    // Language versions are 7, 701, 800, 1400.
    private static GenerationOptions Options(Compilation compilation, TypeDeclarationSyntax declaration)
    {
        int version = (int)((CSharpParseOptions)declaration.SyntaxTree.Options).LanguageVersion;
        return new GenerationOptions(
            compilation.Options is CSharpCompilationOptions { AllowUnsafe: true },
            version >= 100 ? version / 100 : version);
    }
}

/// <summary>An attribute, and which of a class's declarations carries it.</summary>
internal readonly record struct AttributeInPart(AttributeData Attribute, int Part)
{
    /// <summary>The layer attributes in source order, those of the first part before others.</summary>
    public static IEnumerable<AttributeInPart> Layers(
        INamedTypeSymbol type, TypeDeclarationSyntax first, CancellationToken cancellation)
    {
        List<SyntaxNode> parts = [first];
        var layers = new List<(AttributeInPart Layer, int Position)>();
        foreach (AttributeData attribute in type.GetAttributes().Where(LayerReader.IsLayer))
        {
            SyntaxNode? syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation);
            TypeDeclarationSyntax? part = syntax?.FirstAncestorOrSelf<TypeDeclarationSyntax>();
            if (syntax is null || part is null)
            {
                continue;
            }

            if (!parts.Contains(part))
            {
                parts.Add(part);
            }

            layers.Add((new AttributeInPart(attribute, parts.IndexOf(part)), syntax.SpanStart));
        }

        return layers.OrderBy(layer => layer.Layer.Part).ThenBy(layer => layer.Position).Select(layer => layer.Layer);
    }
}
