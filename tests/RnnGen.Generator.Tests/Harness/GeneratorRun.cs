using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Generator.Tests.Harness;

/// <summary>A file that the generator added; lines end with \n.</summary>
internal sealed record GeneratedFile(string HintName, string Text);

/// <summary>A value that came out of a step of the pipeline, and how it came about.</summary>
internal sealed record StepOutput(string Step, object Value, IncrementalStepRunReason Reason)
{
    /// <summary>Whether nothing downstream had to run again because of it.</summary>
    public bool IsReused => Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;
}

/// <summary>What one run of the generator gave.</summary>
internal sealed class GeneratorRun(GeneratorRunResult result, Compilation compilation)
{
    /// <summary>The user's compilation with the generated files in it.</summary>
    public Compilation Compilation => compilation;

    /// <summary>The generated files, in order of their names.</summary>
    public IReadOnlyList<GeneratedFile> Files { get; } =
    [
        .. result.GeneratedSources
            .Select(source => new GeneratedFile(source.HintName, source.SourceText.ToString()))
            .OrderBy(file => file.HintName, StringComparer.Ordinal),
    ];

    /// <summary>What the generator reported, in source order. An exception inside it fails the test here.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = result.Exception is { } exception
        ? throw new InvalidOperationException("The generator threw.", exception)
        : [.. result.Diagnostics.OrderBy(d => d.Location.SourceSpan.Start)];

    /// <summary>
    /// Errors and warnings of the compiler over user's and generated code together; but whether users document their
    /// own code is their affair.
    /// </summary>
    public ImmutableArray<Diagnostic> CompilerDiagnostics =>
    [
        .. compilation.GetDiagnostics()
            .Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .Where(d => d.Id != "CS1591" || IsGenerated(d.Location)),
    ];

    /// <summary>Every output of every step that <see cref="TrackingNames"/> names.</summary>
    public ImmutableArray<StepOutput> TrackedOutputs =>
        [.. TrackedSteps.Names.SelectMany(step => OutputsOf(step))];

    /// <summary>The outputs at the pipeline's end: files and diagnostics.</summary>
    public ImmutableArray<StepOutput> FinalOutputs =>
    [
        .. from step in result.TrackedOutputSteps
           from run in step.Value
           from output in run.Outputs
           select new StepOutput(step.Key, output.Value, output.Reason),
    ];

    /// <summary>The text of the one file whose name ends so.</summary>
    public string this[string hintNameEnd] =>
        Assert.Single(Files, file => file.HintName.EndsWith(hintNameEnd, StringComparison.Ordinal)).Text;

    /// <summary>The outputs of one step; one per model.</summary>
    public ImmutableArray<StepOutput> OutputsOf(string step)
    {
        Assert.True(result.TrackedSteps.ContainsKey(step), $"No step of the pipeline is tracked as '{step}'.");
        return
        [
            .. from run in result.TrackedSteps[step]
               from output in run.Outputs
               select new StepOutput(step, output.Value, output.Reason),
        ];
    }

    /// <summary>Asserts that the user's code and the generated code compile without error or warning.</summary>
    public GeneratorRun AssertCompiles()
    {
        Assert.Empty(Diagnostics);
        Assert.Empty(CompilerDiagnostics);
        return this;
    }

    /// <summary>
    /// The source text of one generated member, its documentation and indentation taken off: for small expectations.
    /// </summary>
    public string Member(string name)
    {
        var trees = result.GeneratedSources.Select(source => source.SyntaxTree.GetRoot());
        var members = trees.SelectMany(root => root.DescendantNodes()).Where(node => NameOf(node) == name);
        return Unindented(Assert.Single(members).ToString());
    }

    private bool IsGenerated(Location location) =>
        result.GeneratedSources.Any(source => source.SyntaxTree == location.SourceTree);

    private static string? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text + "()",
        _ => null,
    };

    private static string Unindented(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        int indent = lines.Skip(1).Where(line => line.Length > 0)
            .Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select((line, i) => i == 0 || line.Length == 0 ? line : line[indent..]));
    }
}
