using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>Reads layer attributes, their arguments, and the cell or loss that they name.</summary>
internal static class LayerReader
{
    public static bool IsLayer(AttributeData attribute) =>
        BaseTypes(attribute.AttributeClass).Any(type => MetadataName(type) == AttributeNames.Layer);

    public static LayerSpec Read(AttributeData attribute, int part, CancellationToken cancellation)
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
            Part = part,
            Arguments = arguments,
            Cell = cell,
            CellProblem = problem,
            Loss = Loss(type),
        };
    }

    /// <summary>The property of <see cref="AttributeNames.ExpectsLogits"/>.</summary>
    public const string MinimumOutputs = "MinimumOutputs";

    /// <summary>Constructor arguments under their parameters' names, then named ones.</summary>
    public static IEnumerable<ArgumentSpec> Arguments(AttributeData attribute)
    {
        var parameters = attribute.AttributeConstructor?.Parameters;
        for (int i = 0; i < attribute.ConstructorArguments.Length; i++)
        {
            // A default that the compiler has filled in was not written.
            TypedConstant value = attribute.ConstructorArguments[i];
            bool isDefault = parameters?[i] is { HasExplicitDefaultValue: true } parameter
                && value.Kind == TypedConstantKind.Primitive && Equals(value.Value, parameter.ExplicitDefaultValue);
            if (!isDefault)
            {
                yield return Argument(parameters?[i].Name ?? "", value);
            }
        }

        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
        {
            yield return Argument(named.Key, named.Value);
        }
    }

    /// <summary>Whether the compiler has bound the attribute and all that is written in it.</summary>
    public static bool IsReadable(AttributeData attribute, CancellationToken cancellation)
    {
        var syntax = (AttributeSyntax?)attribute.ApplicationSyntaxReference?.GetSyntax(cancellation);
        int properties = syntax?.ArgumentList?.Arguments.Count(argument => argument.NameEquals is not null) ?? 0;
        return attribute.AttributeConstructor is not null
            && attribute.NamedArguments.Length == properties
            && attribute.ConstructorArguments.All(argument => argument.Kind != TypedConstantKind.Error)
            && attribute.NamedArguments.All(argument => argument.Value.Kind != TypedConstantKind.Error);
    }

    public static LossSpec? Loss(INamedTypeSymbol type) => GenericArgument(type, AttributeNames.Loss) is not { } loss
        ? null
        : new LossSpec(
            loss.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Implements(loss, AttributeNames.ClassLoss))
        {
            MinimumLogits = loss.GetAttributes()
                .Where(attribute =>
                    attribute.AttributeClass is { } mark && MetadataName(mark) == AttributeNames.ExpectsLogits)
                .Select(MinimumLogits)
                .FirstOrDefault(),
            HasValueTargets = Implements(loss, AttributeNames.ValueLoss),
            IsAccessible = IsAccessible(loss),
        };

    // A loss of one output at least: less says nothing.
    private static int? MinimumLogits(AttributeData mark) => mark.NamedArguments
        .Where(argument => argument.Key == MinimumOutputs)
        .Select(argument => Math.Max(1, argument.Value.Value as int? ?? 1))
        .DefaultIfEmpty(1)
        .First();

    public static string MetadataName(INamedTypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? space.ToDisplayString() + "." + type.MetadataName
            : type.MetadataName;

    private static (CellSpec? Cell, string? Problem) Cell(
        INamedTypeSymbol type, EquatableArray<ArgumentSpec> arguments, CancellationToken cancellation)
    {
        if (GenericArgument(type, AttributeNames.Recurrent) is not { } cell)
        {
            return (null, null);
        }

        ClassDeclarationSyntax? own = cell.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<ClassDeclarationSyntax>()
            .FirstOrDefault(syntax => syntax.Members.OfType<MethodDeclarationSyntax>().Any(CellReader.IsStep));
        try
        {
            return own is not null ? (CellReader.Read(own, arguments) with { FileName = FullName(cell) }, null)
                : BuiltInCells.Find(MetadataName(cell)) is { } builtIn ? (CellReader.Read(builtIn, arguments), null)
                : (null, $"the source of '{cell.Name}' is not in this project");
        }
        catch (CellSyntaxException exception)
        {
            return (null, exception.Message);
        }
    }

    // A class outside of all namespaces may be called like a built-in cell.
    private static string FullName(INamedTypeSymbol type) =>
        type.ContainingNamespace.IsGlobalNamespace && type.ContainingType is null
            ? "global::" + type.ToDisplayString()
            : type.ToDisplayString();

    private static bool Implements(INamedTypeSymbol type, string face) =>
        type.AllInterfaces.Any(candidate => MetadataName(candidate) == face);

    // From another namespace of the same assembly.
    private static bool IsAccessible(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            bool isHidden = current.DeclaredAccessibility is
                Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal;
            if (current.IsFileLocal || isHidden)
            {
                return false;
            }
        }

        return true;
    }

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

    private static ArgumentSpec Argument(string name, TypedConstant constant) => constant switch
    {
        { Kind: TypedConstantKind.Error } or { Kind: TypedConstantKind.Array } or { Value: null or ITypeSymbol } =>
            new ArgumentSpec(name, 0, null) { Kind = ArgumentKind.Other },
        { Kind: TypedConstantKind.Enum } => new ArgumentSpec(name, ToNumber(constant.Value), EnumMember(constant))
        {
            Kind = ArgumentKind.Enum,
            Enum = new EnumSpec(
                constant.Type!.Name, EnumMembers(constant).Select(member => member.Name).ToEquatableArray()),
        },
        { Value: string text } => new ArgumentSpec(name, 0, text) { Kind = ArgumentKind.Text },
        { Value: bool } => new ArgumentSpec(name, ToNumber(constant.Value), null) { Kind = ArgumentKind.Flag },
        { Value: float or double } =>
            new ArgumentSpec(name, ToNumber(constant.Value), null) { Kind = ArgumentKind.Real },
        _ => new ArgumentSpec(name, ToNumber(constant.Value), null) { Kind = ArgumentKind.Integer },
    };

    private static double ToNumber(object value) => value switch
    {
        bool flag => flag ? 1 : 0,
        // A float such as 0.1f is meant as the decimal number that it is written as.
        float single when !float.IsNaN(single) && !float.IsInfinity(single) => double.Parse(
            single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        float other => other,
        char character => character,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };

    private static IEnumerable<IFieldSymbol> EnumMembers(TypedConstant constant) =>
        constant.Type!.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue);

    private static string? EnumMember(TypedConstant constant) =>
        EnumMembers(constant).FirstOrDefault(field => Equals(field.ConstantValue, constant.Value))?.Name;
}
