using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Generator.Tests.Harness;

/// <summary>A project under edit: the generator keeps what it knows from one edit to the next, as in an IDE.</summary>
internal sealed class GeneratorSession
{
    private readonly CSharpParseOptions _parseOptions;
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;

    public GeneratorSession(params string[] sources)
        : this(ProjectSettings.Usual, sources)
    {
    }

    public GeneratorSession(ProjectSettings settings, params string[] sources)
    {
        _parseOptions = settings.ParseOptions;
        _compilation = GeneratorHarness.Compile(settings, sources);
        _driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            parseOptions: _parseOptions,
            optionsProvider: BuildProperties.OfAPackageUser(settings),
            driverOptions: new GeneratorDriverOptions(
                IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Latest = RunGenerator();
    }

    /// <summary>What the generator gave after the latest edit.</summary>
    public GeneratorRun Latest { get; private set; }

    /// <summary>Sets the project's <c>RnnGenTargets</c>.</summary>
    public GeneratorRun SetTargets(string targets)
    {
        _driver = _driver.WithUpdatedAnalyzerConfigOptions(
            BuildProperties.OfAPackageUser(ProjectSettings.Usual with { Targets = targets }));
        return RunGenerator();
    }

    /// <summary>Replaces a piece of a file; it must be there once.</summary>
    public GeneratorRun Replace(int file, string oldText, string newText)
    {
        var tree = _compilation.SyntaxTrees[file];
        var parts = tree.ToString().Split(oldText);
        Assert.True(parts.Length == 2, $"'{oldText}' is {parts.Length - 1} times in the file.");
        return Rewrite(file, string.Join(newText, parts));
    }

    /// <summary>Replaces the whole text of a file.</summary>
    public GeneratorRun Rewrite(int file, string text)
    {
        var tree = _compilation.SyntaxTrees[file];
        var edited = CSharpSyntaxTree.ParseText(text, _parseOptions, tree.FilePath);
        _compilation = _compilation.ReplaceSyntaxTree(tree, edited);
        return RunGenerator();
    }

    /// <summary>Adds a file to the project.</summary>
    public GeneratorRun AddFile(string text)
    {
        var path = $"Source{_compilation.SyntaxTrees.Length}.cs";
        _compilation = _compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText(text, _parseOptions, path));
        return RunGenerator();
    }

    /// <summary>Runs the generator again over the same sources, parsed anew.</summary>
    public GeneratorRun Reparse()
    {
        for (int i = 0; i < _compilation.SyntaxTrees.Length; i++)
        {
            var tree = _compilation.SyntaxTrees[i];
            var same = CSharpSyntaxTree.ParseText(tree.ToString(), _parseOptions, tree.FilePath);
            _compilation = _compilation.ReplaceSyntaxTree(tree, same);
        }

        return RunGenerator();
    }

    private GeneratorRun RunGenerator()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var output, out _);
        return Latest = new GeneratorRun(_driver.GetRunResult().Results.Single(), output);
    }
}
