using Microsoft.CodeAnalysis.CodeFixes;
using RnnGen.CodeFixes;
using RnnGen.Generator.Tests.Diagnostics;

namespace RnnGen.Generator.Tests.CodeFixes;

public sealed class FixerCatalogTests
{
    public static TheoryData<Type> Fixers =>
        [.. typeof(MakePartialFixer).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(CodeFixProvider)))];

    [Theory]
    [MemberData(nameof(Fixers))]
    public void Fixer_FixesExistingDiagnostics(Type fixer)
    {
        var ids = ((CodeFixProvider)Activator.CreateInstance(fixer)!).FixableDiagnosticIds;
        Assert.NotEmpty(ids);
        Assert.Empty(ids.Except(DiagnosticCatalogTests.AllIds));
    }
}
