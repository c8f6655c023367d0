using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>Finds constants of models in attributes: where these are read, there are none yet.</summary>
internal static class GeneratedNumberReader
{
    /// <param name="layer">The attribute's place among the layers; -1 for <c>[SequenceModel]</c>.</param>
    public static IEnumerable<GeneratedNumber> Read(
        AttributeData attribute, int layer, Compilation compilation, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
        {
            yield break;
        }

        AttributeMap places = AttributeMap.Of(attribute, cancellation);
        int position = -1;
        foreach (AttributeArgumentSyntax argument in syntax.ArgumentList?.Arguments ?? default)
        {
            position++;
            ExpressionSyntax? number = argument.Expression.DescendantNodesAndSelf()
                .OfType<ExpressionSyntax>()
                .FirstOrDefault(name => IsGenerated(name, compilation, cancellation));
            if (number is not null)
            {
                yield return new GeneratedNumber(layer, places.Arguments[position].Name, number.ToString());
            }
        }
    }

    private static bool IsGenerated(
        ExpressionSyntax name, Compilation compilation, CancellationToken cancellation) => name switch
        {
            MemberAccessExpressionSyntax access => IsConstant(access.Name)
                && compilation.GetSemanticModel(name.SyntaxTree) is var model
                && model.GetSymbolInfo(access, cancellation).Symbol is null
                && model.GetSymbolInfo(access.Expression, cancellation).Symbol is INamedTypeSymbol type
                && ModelReader.Attribute(type) is not null,

            // By `using static`, or inside a model: once that has its constants, the compiler finds nothing wrong.
            IdentifierNameSyntax { Parent: not MemberAccessExpressionSyntax and not NameColonSyntax } identifier =>
                IsConstant(identifier)
                && compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(identifier, cancellation).Symbol is null,
            _ => false,
        };

    private static bool IsConstant(SimpleNameSyntax name) =>
        GeneratedMembers.Constants.Contains(name.Identifier.ValueText);
}
