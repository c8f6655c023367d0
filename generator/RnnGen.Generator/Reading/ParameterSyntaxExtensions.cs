using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Generator.Reading;

internal static class ParameterSyntaxExtensions
{
    /// <summary>The attribute of a name, however it is written: with its namespace, or with "Attribute".</summary>
    public static AttributeSyntax? FindAttribute(this ParameterSyntax parameter, string name) => parameter
        .AttributeLists
        .SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => SimpleName(attribute) is var found
            && (found == name || found == name + "Attribute"));

    private static string SimpleName(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        NameSyntax name => name.ToString(),
    };
}
