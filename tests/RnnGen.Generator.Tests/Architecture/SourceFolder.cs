using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Generator.Tests.Architecture;

/// <summary>One use, in a source file, of a type declared elsewhere, or of a member of it.</summary>
/// <param name="File">The using file's path below the project's folder, with forward slashes.</param>
/// <param name="Stage">The using file's first folder; empty for a file in the project's own folder.</param>
/// <param name="Target">First folder of the used declaration's file; its assembly's name if that is another.</param>
/// <param name="Name">The used type.</param>
internal sealed record SourceUse(string File, string Stage, string Target, string Name);

/// <summary>
/// The sources of one project, bound by the compiler: which file uses what. Names are followed to their declarations,
/// so that neither a global using nor an alias nor a static import hides a dependency.
/// </summary>
internal sealed class SourceFolder
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private readonly string _folder;
    private readonly CSharpCompilation _compilation;

    public SourceFolder(string folder)
    {
        _folder = folder;
        var trees = Repository.Files(folder, ".cs").Select(path =>
            CSharpSyntaxTree.ParseText(File.ReadAllText(path), GeneratorHarness.ParseOptions, path));
        // Everything that this test run has loaded is more than the project itself refers to, and does no harm.
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("RnnGen", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        _compilation = CSharpCompilation.Create(
            "SourceFolder",
            [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, GeneratorHarness.ParseOptions)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        Uses = [.. Trees.SelectMany(UsesOf).Distinct()];
    }

    /// <summary>Every use of a type or of a type's member that another folder or another assembly declares.</summary>
    public ImmutableArray<SourceUse> Uses { get; }

    /// <summary>What string literals say, the fixed parts of interpolated ones included.</summary>
    public IEnumerable<(string File, string Stage, string Text)> Literals =>
        from tree in Trees
        from token in tree.GetRoot().DescendantTokens()
        where token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
        select (RelativePath(tree.FilePath), StageOf(tree.FilePath), token.ValueText);

    /// <summary>The first-level folders that hold sources.</summary>
    public IEnumerable<string> Stages =>
        Trees.Select(tree => StageOf(tree.FilePath)).Where(stage => stage.Length > 0).Distinct();

    /// <summary>Paths of the files below the folder, with forward slashes.</summary>
    public IEnumerable<string> Paths => Trees.Select(tree => RelativePath(tree.FilePath));

    private IEnumerable<SyntaxTree> Trees => _compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0);

    private IEnumerable<SourceUse> UsesOf(SyntaxTree tree)
    {
        var model = _compilation.GetSemanticModel(tree);
        var (file, stage) = (RelativePath(tree.FilePath), StageOf(tree.FilePath));
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (TypeOf(model.GetSymbolInfo(name)) is { } type && TargetOf(type) is { } target && target != stage)
                yield return new SourceUse(file, stage, target, type.Name);
        }
    }

    // The type itself, or the type that a member belongs to. Namespaces are no use of anything yet.
    private static INamedTypeSymbol? TypeOf(SymbolInfo info)
    {
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        return symbol as INamedTypeSymbol ?? symbol?.ContainingType;
    }

    private string? TargetOf(INamedTypeSymbol type)
    {
        if (type.DeclaringSyntaxReferences.Length == 0)
            return type.ContainingAssembly?.Name;
        return StageOf(type.DeclaringSyntaxReferences[0].SyntaxTree.FilePath);
    }

    private string RelativePath(string path) =>
        Path.GetRelativePath(_folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private string StageOf(string path)
    {
        var relative = RelativePath(path);
        return relative.Contains('/') ? relative[..relative.IndexOf('/')] : "";
    }
}
