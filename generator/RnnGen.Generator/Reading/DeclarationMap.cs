using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>A declaration: what it says, and apart from it where it says so.</summary>
internal sealed record ModelDeclaration(ModelSpec Spec, DeclarationMap Map)
{
    /// <summary>The same in a project that asks for these SIMD targets.</summary>
    public ModelDeclaration For(EquatableArray<string>? targets) =>
        this with { Spec = Spec with { Options = Spec.Options with { Targets = targets } } };
}

/// <summary>Where the parts of a declaration stand. Plain values, so that no syntax tree is kept alive.</summary>
internal sealed record DeclarationMap(
    Place Identifier, EquatableArray<Place> ContainingTypes, AttributeMap Model, EquatableArray<AttributeMap> Layers)
{
    /// <summary>Where members stand, in the order of the declaration's; inherited ones at the class.</summary>
    public required EquatableArray<Place> Members { get; init; }

    public static DeclarationMap Of(
        TypeDeclarationSyntax declaration,
        AttributeData model,
        IEnumerable<AttributeData> layers,
        IEnumerable<Location?> members,
        CancellationToken cancellation) => new(
            Place.Of(declaration.Identifier.GetLocation()),
            declaration.Ancestors().OfType<TypeDeclarationSyntax>().Reverse()
                .Select(outer => Place.Of(outer.Identifier.GetLocation())).ToEquatableArray(),
            AttributeMap.Of(model, cancellation),
            layers.Select(layer => AttributeMap.Of(layer, cancellation)).ToEquatableArray())
        {
            Members = members.Select(place => Place.Of(place ?? declaration.Identifier.GetLocation()))
                .ToEquatableArray(),
        };

    /// <summary>Where the thing stands that a finding is about.</summary>
    public Place Of(Finding finding) => finding.Subject switch
    {
        Subject.ContainingType => ContainingTypes[finding.Index],
        Subject.Model => Model.Of(finding.Argument),
        Subject.Layer => Layers[finding.Index].Of(finding.Argument),
        Subject.Member => Members[finding.Index],
        _ => Identifier,
    };
}

/// <summary>Where an attribute and its arguments stand.</summary>
internal sealed record AttributeMap(Place Whole, EquatableArray<ArgumentPlace> Arguments)
{
    public static AttributeMap Of(AttributeData attribute, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
        {
            return new AttributeMap(default, EquatableArray<ArgumentPlace>.Empty);
        }

        var arguments = new List<ArgumentPlace>();
        int position = 0;
        foreach (AttributeArgumentSyntax argument in syntax.ArgumentList?.Arguments ?? default)
        {
            string? name = argument.NameEquals?.Name.Identifier.ValueText
                ?? argument.NameColon?.Name.Identifier.ValueText
                ?? attribute.AttributeConstructor?.Parameters.ElementAtOrDefault(position)?.Name;
            position++;
            arguments.Add(new ArgumentPlace(name ?? "", Place.Of(argument.GetLocation())));
        }

        return new AttributeMap(Place.Of(syntax.GetLocation()), arguments.ToEquatableArray());
    }

    /// <summary>The argument's place, or the whole attribute's where it is not written.</summary>
    public Place Of(string? argument)
    {
        foreach (ArgumentPlace place in Arguments)
        {
            if (string.Equals(place.Name, argument, StringComparison.OrdinalIgnoreCase))
            {
                return place.Place;
            }
        }

        return Whole;
    }
}

internal readonly record struct ArgumentPlace(string Name, Place Place);

/// <summary>A span of a file.</summary>
internal readonly record struct Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static Place Of(Location location) =>
        new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Path is null ? Location.None : Location.Create(Path, Span, Lines);

    /// <summary>A location inside a compilation, as analyzers must report it.</summary>
    public Location ToLocation(Compilation compilation)
    {
        string path = Path;
        return compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == path) is { } tree
            ? Location.Create(tree, Span)
            : ToLocation();
    }
}
