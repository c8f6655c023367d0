using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator;

namespace RnnGen.Benchmarks.Micro;

/// <summary>How long the compiler waits for the generator.</summary>
public class GeneratorLatency
{
    private const string Model =
        """
        using RnnGen;
        [SequenceModel, Embedding(96, 48), Lstm(128, Layers = 2), Dense(96), CrossEntropy]
        public sealed partial class Model;
        """;

    private readonly CSharpParseOptions _options = new(LanguageVersion.Latest);
    private CSharpCompilation _compilation = CSharpCompilation.Create("Project");
    private CSharpCompilation _edited = CSharpCompilation.Create("Project");
    private GeneratorDriver? _warm;

    [GlobalSetup]
    public void Compile()
    {
        var platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        _compilation = CSharpCompilation.Create(
            "Project",
            [CSharpSyntaxTree.ParseText(Model, _options)],
            platform.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        _edited = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Other;", _options));
        _warm = NewDriver().RunGenerators(_compilation);
        if (_warm.GetRunResult().GeneratedTrees.IsEmpty)
        {
            throw new InvalidOperationException("The generator made no file.");
        }
    }

    /// <summary>A model that the generator sees for the first time.</summary>
    [Benchmark]
    public GeneratorDriver FirstRun() => NewDriver().RunGenerators(_compilation);

    /// <summary>An edit elsewhere: all of the model's files are kept.</summary>
    [Benchmark]
    public GeneratorDriver EditElsewhere() => _warm!.RunGenerators(_edited);

    private GeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: _options);
}
