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

    public static ModelDeclaration Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        AttributeData[] layers = [.. type.GetAttributes().Where(IsLayer).OrderBy(Position)];
        var arguments = Arguments(context.Attributes[0]);
        int Value(string name, int missing) =>
            (int)(arguments.FirstOrDefault(argument => argument.Name == name)?.Number ?? missing);
        var spec = new ModelSpec
        {
            Name = type.Name,
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            ContainingTypes = ContainingTypes(type),
            Declaration = Declaration(type, layers, cancellation),
            Steps = Value("Steps", DefaultSteps),
            Batch = Value("Batch", DefaultBatch),
            Precision = (Precision)Value("Precision", 0),
            Layers = layers.Select(layer => Layer(layer, cancellation)).ToEquatableArray(),
            Options = new GenerationOptions(AllowUnsafeBlocks: true),
        };
        return new ModelDeclaration(spec, DeclarationMap.Of(context, layers, cancellation));
    }

    private static bool IsLayer(AttributeData attribute) =>
        BaseTypes(attribute.AttributeClass).Any(type => MetadataName(type) == AttributeNames.Layer);

    private static int Position(AttributeData attribute) => attribute.ApplicationSyntaxReference?.Span.Start ?? 0;

    private static EquatableArray<ContainingTypeSpec> ContainingTypes(INamedTypeSymbol type)
    {
        var outer = new List<ContainingTypeSpec>();
        for (INamedTypeSymbol? current = type.ContainingType; current is not null; current = current.ContainingType)
        {
            outer.Insert(
                0, new ContainingTypeSpec(Keyword(current), current.Name, IsPartial(current), current.IsGenericType));
        }

        return outer.ToEquatableArray();
    }

    private static DeclarationSpec Declaration(
        INamedTypeSymbol type, AttributeData[] layers, CancellationToken cancellation)
    {
        int parts = layers
            .Select(
                layer =>
                layer.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>())
            .Distinct()
            .Count();
        return new DeclarationSpec(
            Keyword(type), IsPartial(type), type.IsGenericType, type.IsStatic, type.IsAbstract, type.IsFileLocal,
                parts);
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true } => "record",
        _ => "class",
    };

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax())
        .OfType<TypeDeclarationSyntax>()
        .All(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static LayerSpec Layer(AttributeData attribute, CancellationToken cancellation)
    {
        INamedTypeSymbol type = attribute.AttributeClass!;
        EquatableArray<ArgumentSpec> arguments = Arguments(attribute).ToEquatableArray();
        (CellSpec? cell, string? problem) = Cell(type, arguments, cancellation);
        return new LayerSpec
        {
            Attribute = MetadataName(type),
            Name = type.Name.EndsWith("Attribute", StringComparison.Ordinal)
                ? type.Name.Substring(0, type.Name.Length - "Attribute".Length)
                : type.Name,
            Arguments = arguments,
            Cell = cell,
            CellProblem = problem,
            Loss = Loss(type),
        };
    }

    private static (CellSpec? Cell, string? Problem) Cell(
        INamedTypeSymbol type, EquatableArray<ArgumentSpec> arguments, CancellationToken cancellation)
    {
        if (GenericArgument(type, AttributeNames.Recurrent) is not { } cell)
        {
            return (null, null);
        }

        ClassDeclarationSyntax? declaration = cell.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<ClassDeclarationSyntax>()
            .FirstOrDefault(syntax => syntax.Members.OfType<MethodDeclarationSyntax>().Any(CellReader.IsStep))
            ?? BuiltInCells.Find(cell.Name);
        try
        {
            return declaration is null
                ? (null, $"the source of '{cell.Name}' is not in this project")
                : (CellReader.Read(declaration, arguments), null);
        }
        catch (CellSyntaxException exception)
        {
            return (null, exception.Message);
        }
    }

    private static LossSpec? Loss(INamedTypeSymbol type) => GenericArgument(type, AttributeNames.Loss) is not { } loss
        ? null
        : new LossSpec(
            loss.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            loss.AllInterfaces.Any(face => MetadataName(face) == AttributeNames.ClassLoss),
            loss.GetAttributes().Any(
                attribute =>
                attribute.AttributeClass is { } mark && MetadataName(mark) == AttributeNames.ExpectsLogits));

    private static INamedTypeSymbol? GenericArgument(INamedTypeSymbol type, string genericBase) => BaseTypes(type)
        .Where(candidate => MetadataName(candidate) == genericBase)
        .Select(candidate => candidate.TypeArguments[0])
        .OfType<INamedTypeSymbol>()
        .FirstOrDefault();

    private static IEnumerable<INamedTypeSymbol> BaseTypes(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    private static string MetadataName(INamedTypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? space.ToDisplayString() + "." + type.MetadataName
            : type.MetadataName;

    private static IEnumerable<ArgumentSpec> Arguments(AttributeData attribute)
    {
        var parameters = attribute.AttributeConstructor?.Parameters;
        for (int i = 0; i < attribute.ConstructorArguments.Length; i++)
        {
            yield return Argument(parameters?[i].Name ?? "", attribute.ConstructorArguments[i]);
        }

        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
        {
            yield return Argument(named.Key, named.Value);
        }
    }

    private static ArgumentSpec Argument(string name, TypedConstant constant) => constant switch
    {
        { Kind: TypedConstantKind.Error } or { Kind: TypedConstantKind.Array } or { Value: null } =>
            new ArgumentSpec(name, 0, null),
        { Kind: TypedConstantKind.Enum } => new ArgumentSpec(name, ToNumber(constant.Value), EnumMember(constant)),
        { Value: string text } => new ArgumentSpec(name, 0, text),
        { Value: ITypeSymbol } => new ArgumentSpec(name, 0, null),
        _ => new ArgumentSpec(name, ToNumber(constant.Value), null),
    };

    private static double ToNumber(object value) => value switch
    {
        bool flag => flag ? 1 : 0,
        // A float such as 0.1f is meant as the decimal number that it is written as.
        float single => double.Parse(
            single.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                System.Globalization.CultureInfo.InvariantCulture),
        char character => character,
        _ => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static string? EnumMember(TypedConstant constant) => constant.Type!.GetMembers()
        .OfType<IFieldSymbol>()
        .FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, constant.Value))
        ?.Name;
}
