using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Generator.Reading;

/// <summary>Names as C# writes them.</summary>
internal static class CSharpName
{
    /// <summary><c>@class</c> for <c>class</c>.</summary>
    public static string Of(string name)
    {
        bool isWord = SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None
            || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None;
        return isWord ? "@" + name : name;
    }

    /// <summary><c>My.@class</c>.</summary>
    public static string Of(INamespaceSymbol space) =>
        space.ContainingNamespace is { IsGlobalNamespace: false } outer
            ? Of(outer) + "." + Of(space.Name)
            : Of(space.Name);
}
