using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using RnnGen.CodeFixes;

namespace RnnGen.Generator.Tests.CodeFixes;

public sealed class MakePartialFixerTests
{
    [Theory]
    [InlineData("class Model;", "partial class Model;")]
    [InlineData("public sealed class Model;", "public sealed partial class Model;")]
    [InlineData("// why\nclass Model { }", "// why\npartial class Model { }")]
    public Task Class_NotPartial_BecomesPartial(string declaration, string expected) =>
        AssertFix($"{Attributes}\n{declaration}\n", $"{Attributes}\n{expected}\n");

    [Fact]
    public Task ContainingTypes_NotPartial_BecomePartialToo() =>
        AssertFix(
            $"public class Outer {{ struct Middle {{\n{Attributes}\nclass Model;\n}} }}\n",
            $"public partial class Outer {{ partial struct Middle {{\n{Attributes}\npartial class Model;\n}} }}\n");

    [Fact]
    public Task OnlyContainingType_NotPartial_LeavesTheModelAlone() =>
        AssertFix(
            $"class Outer {{\n{Attributes}\npartial class Model;\n}}\n",
            $"partial class Outer {{\n{Attributes}\npartial class Model;\n}}\n");

    private const string Attributes = "[SequenceModel, Input(1), Rnn(2), Dense(1), MeanSquaredError]";

    private const string Using = "using RnnGen;\n\n";

    private static async Task AssertFix(string source, string expected)
    {
        var advice = await GeneratorHarness.Analyze(new ModelAnalyzer(), Using + source);
        await AssertFix(source, Assert.Single(advice, d => d.Id == "RNN9001"), expected);
        GeneratorHarness.Run(Using + expected).AssertCompiles();
    }

    private static async Task AssertFix(string source, Diagnostic reported, string expected)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("UserProject", LanguageNames.CSharp)
            .WithParseOptions(GeneratorHarness.ParseOptions)
            .AddDocument("Model.cs", Using + source);

        // What the fixer gets from an editor: the diagnostic, on the document's own tree.
        var tree = (await document.GetSyntaxTreeAsync())!;
        var location = Location.Create(tree, reported.Location.SourceSpan);
        var diagnostic = Diagnostic.Create(reported.Descriptor, location);

        var actions = new List<CodeAction>();
        var context = new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default);
        await new MakePartialFixer().RegisterCodeFixesAsync(context);

        var operations = await Assert.Single(actions).GetOperationsAsync(default);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        Assert.Equal(Using + expected, (await changed.GetTextAsync()).ToString());
    }
}
