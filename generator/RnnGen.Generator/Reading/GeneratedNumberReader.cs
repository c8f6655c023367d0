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
                .OfType<MemberAccessExpressionSyntax>()
                .FirstOrDefault(access => IsGenerated(access, compilation, cancellation));
            if (number is not null)
            {
                yield return new GeneratedNumber(layer, places.Arguments[position].Name, number.ToString());
            }
        }
    }

    private static bool IsGenerated(
        MemberAccessExpressionSyntax access, Compilation compilation, CancellationToken cancellation)
    {
        if (!GeneratedMembers.Constants.Contains(access.Name.Identifier.ValueText))
        {
            return false;
        }

        SemanticModel model = compilation.GetSemanticModel(access.SyntaxTree);
        return model.GetSymbolInfo(access, cancellation).Symbol is null
            && model.GetSymbolInfo(access.Expression, cancellation).Symbol is INamedTypeSymbol type
            && ModelReader.Attribute(type) is not null;
    }
}
