using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>Reads the members of a model class, own and inherited, that generated ones may clash with.</summary>
internal static class MemberReader
{
    /// <summary>The members, and where their names stand; for inherited ones that is not known.</summary>
    public static IEnumerable<(MemberSpec Member, Location? Place)> Read(
        INamedTypeSymbol type, Compilation compilation)
    {
        foreach (ISymbol member in type.GetMembers().Where(IsByHand))
        {
            if (Matters(member))
            {
                yield return (Spec(member, null), member.Locations[0]);
            }
        }

        var seen = new HashSet<MemberShape>();
        foreach (INamedTypeSymbol parent in Bases(type))
        {
            foreach (ISymbol member in parent.GetMembers().Where(IsInheritable))
            {
                // One that overrides another is the same once more.
                if (Matters(member) && compilation.IsSymbolAccessibleWithin(member, type) && seen.Add(Shape(member)))
                {
                    yield return (Spec(member, parent.Name), null);
                }
            }
        }
    }

    /// <summary>The base classes, the nearest first.</summary>
    public static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            yield return parent;
        }
    }

    public static MemberShape Shape(ISymbol member) => member switch
    {
        IMethodSymbol method => new MemberShape(
            method.Name,
            MemberKind.Method,
            method.Arity,
            method.Parameters.Select(parameter => Prefix(parameter.RefKind) + TypeName(parameter.Type))
                .ToEquatableArray()),
        INamedTypeSymbol type => MemberShape.Type(type.Name) with { Arity = type.Arity },
        _ => MemberShape.Value(member.Name),
    };

    private static MemberSpec Spec(ISymbol member, string? inheritedFrom) =>
        new(Shape(member), inheritedFrom, IsRequired(member));

    private static bool Matters(ISymbol member) =>
        !member.IsImplicitlyDeclared && (GeneratedMembers.CanClash(member.Name) || IsRequired(member));

    private static bool IsRequired(ISymbol member) =>
        member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    // Accessors go with their property.
    private static bool IsInheritable(ISymbol member) => member is not IMethodSymbol
    { MethodKind: not MethodKind.Ordinary } and { IsImplicitlyDeclared: false };

    // An analyzer sees the generated part, too.
    private static bool IsByHand(ISymbol member) =>
        member is not IMethodSymbol { AssociatedSymbol: not null }
        && !member.Locations.Any(place =>
            place.SourceTree is not { } tree || tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));

    private static string Prefix(RefKind kind) => kind == RefKind.None ? "" : "ref ";

    // A type that is generated itself is not known yet: of it there is the name alone.
    private static string TypeName(ITypeSymbol type) => type.TypeKind == TypeKind.Error
        ? type.Name
        : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
