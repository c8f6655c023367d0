using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Generator.Reading;

/// <summary>The equation files of the runtime library, which travel inside this assembly.</summary>
internal static class BuiltInCells
{
    public static ClassDeclarationSyntax? Find(string name)
    {
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
