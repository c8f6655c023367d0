using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>Reads how a model class, and the types around it, are declared.</summary>
internal static class DeclarationReader
{
    public static EquatableArray<ContainingTypeSpec> ContainingTypes(INamedTypeSymbol type)
    {
        var outer = new List<ContainingTypeSpec>();
        for (INamedTypeSymbol? current = type.ContainingType; current is not null; current = current.ContainingType)
        {
            outer.Insert(0, new ContainingTypeSpec(
                Keyword(current),
                current.Name,
                CSharpName.Of(current.Name),
                IsPartial(current),
                TypeParameters(current),
                current.IsFileLocal));
        }

        return outer.ToEquatableArray();
    }

    public static DeclarationSpec Read(
        INamedTypeSymbol type, IEnumerable<MemberSpec> members, Compilation compilation) => new(
        Keyword(type),
        IsPartial(type),
        TypeParameters(type),
        type.IsStatic,
        type.IsAbstract && !type.IsStatic,
        type.IsFileLocal,
        Declarations(type).Any(declaration => declaration.ParameterList is not null),
        Declarations(type).Where(IsByHand).SelectMany(declaration => declaration.Members).Any(IsBareConstructor),
        BaseNeedsArguments(type, compilation))
        {
            Members = members.ToEquatableArray(),
            BaseModel = MemberReader.Bases(type)
                .FirstOrDefault(parent => ModelReader.Attribute(parent) is not null)?.Name,
        };

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true } => "record",
        _ => "class",
    };

    // Where one of several parts lacks the word, the compiler says so itself.
    private static bool IsPartial(INamedTypeSymbol type) =>
        Declarations(type).Where(IsByHand).Any(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    // An analyzer sees the generated part, too.
    private static bool IsByHand(SyntaxNode declaration) =>
        !declaration.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);

    private static bool IsBareConstructor(MemberDeclarationSyntax member) =>
        member is ConstructorDeclarationSyntax constructor
        && !constructor.Modifiers.Any(SyntaxKind.StaticKeyword)
        && !constructor.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer);

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>();

    private static string TypeParameters(INamedTypeSymbol type) => type.TypeParameters.Length == 0
        ? ""
        : $"<{string.Join(", ", type.TypeParameters.Select(parameter => CSharpName.Of(parameter.Name)))}>";

    // Of several that could be called without arguments, the compiler takes one without parameters, or none.
    private static bool BaseNeedsArguments(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.BaseType is not { TypeKind: TypeKind.Class } parent)
        {
            return false;
        }

        IMethodSymbol[] callable =
        [
            .. parent.InstanceConstructors.Where(constructor =>
                compilation.IsSymbolAccessibleWithin(constructor, type)
                && constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)),
        ];
        return callable.Length != 1 && !callable.Any(constructor => constructor.Parameters.IsEmpty);
    }
}
