using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RnnGen.Generator.Tests.Harness;

/// <summary>Compiles sources as a user's project would, with the generator in it.</summary>
internal static class GeneratorHarness
{
    internal static readonly CSharpParseOptions ParseOptions = ProjectSettings.Usual.ParseOptions;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. FrameworkAssemblies().Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(SequenceModelAttribute).Assembly.Location),
    ];

    /// <summary>Runs the generator once over these source files.</summary>
    public static GeneratorRun Run(params string[] sources) => new GeneratorSession(sources).Latest;

    /// <summary>Runs the generator once in a project with other settings.</summary>
    public static GeneratorRun Run(ProjectSettings settings, params string[] sources) =>
        new GeneratorSession(settings, sources).Latest;

    /// <summary>A compilation of these source files, without anything generated.</summary>
    public static CSharpCompilation Compile(params string[] sources) => Compile(ProjectSettings.Usual, sources);

    /// <summary>A compilation of these source files, without anything generated.</summary>
    public static CSharpCompilation Compile(ProjectSettings settings, params string[] sources)
    {
        var trees = sources.Select((text, i) =>
            CSharpSyntaxTree.ParseText(text, settings.ParseOptions, path: $"Source{i}.cs"));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: settings.AllowUnsafe,
            nullableContextOptions: NullableContextOptions.Enable,
            // Every warning that the compiler knows: users may have them all on.
            warningLevel: 9999);
        return CSharpCompilation.Create("UserProject", trees, References, options);
    }

    /// <summary>What an analyzer reports about these source files, as generated code completes them.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Analyze(DiagnosticAnalyzer analyzer, params string[] sources)
    {
        var compilation = Run(sources).Compilation.WithAnalyzers([analyzer]);
        var diagnostics = await compilation.GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(d => d.Location.SourceSpan.Start)];
    }

    /// <summary>.NET itself: the assemblies beside that of <see cref="object"/>, not what tests bring along.</summary>
    private static IEnumerable<string> FrameworkAssemblies()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return platform.Split(Path.PathSeparator).Where(path => Path.GetDirectoryName(path) == folder);
    }
}
