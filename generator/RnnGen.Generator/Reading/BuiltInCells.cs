using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Generator.Reading;

/// <summary>The equation files of the runtime library, which travel inside this assembly.</summary>
internal static class BuiltInCells
{
    private const string Namespace = "RnnGen.Cells.";

    /// <summary>The class of this full name; null where it is another library's.</summary>
    public static ClassDeclarationSyntax? Find(string fullName)
    {
        if (!fullName.StartsWith(Namespace, StringComparison.Ordinal))
        {
            return null;
        }

        string name = fullName.Substring(Namespace.Length);
        using Stream? stream = typeof(BuiltInCells).Assembly.GetManifestResourceStream($"Cells/{name}.cs");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        SyntaxNode root = CSharpSyntaxTree.ParseText(reader.ReadToEnd()).GetRoot();
        return root.DescendantNodes().OfType<ClassDeclarationSyntax>()
            .FirstOrDefault(declaration => declaration.Identifier.ValueText == name);
    }
}
