namespace RnnGen.Generator.Tests.Architecture;

/// <summary>The generator's dependency law, as generator/README.md states it.</summary>
public sealed class GeneratorLawTests
{
    /// <summary>What each stage may use of the others.</summary>
    private static readonly Dictionary<string, string[]> Law = new()
    {
        ["Model"] = [],
        ["Equations"] = ["Model"],
        ["Planning"] = ["Model", "Equations"],
        ["Layers"] = ["Planning", "Model", "Equations"],
        ["Composition"] = ["Layers", "Planning", "Model", "Equations"],
        ["Emission"] = ["Planning", "Model", "Equations"],
        ["Rules"] = ["Model", "Layers", "Composition"],
        ["Reading"] = ["Model", "Equations"],
        // What netstandard2.0 lacks of .NET: open to all, like .NET itself.
        ["Polyfills"] = [],
    };

    /// <summary>Files in the project's own folder; they see everything.</summary>
    private static readonly string[] Entries = ["ModelGenerator.cs", "ModelAnalyzer.cs", "TrackingNames.cs"];

    /// <summary>Where Roslyn may be seen, besides the entries: symbols are read, rules describe diagnostics.</summary>
    private static readonly string[] StagesWithRoslyn = ["Reading", "Rules"];

    private static readonly SourceFolder Sources = new(Repository.Folder("generator", "RnnGen.Generator"));

    [Fact]
    public void Folders_AreTheStages() => Offences.AssertNone(Sources.Stages.Except(Law.Keys));

    [Fact]
    public void RootFolder_HoldsTheEntriesOnly() =>
        Offences.AssertNone(Sources.Paths.Where(path => !path.Contains('/')).Except(Entries));

    [Fact]
    public void Stage_UsesWhatItMay()
    {
        var offences = Sources.Uses
            .Where(use => Law.ContainsKey(use.Stage) && (Law.ContainsKey(use.Target) || use.Target.Length == 0))
            .Where(use => use.Target != "Polyfills" && !Law[use.Stage].Contains(use.Target))
            .Select(use => $"{use.File} uses {use.Name} of {(use.Target.Length == 0 ? "the entries" : use.Target)}");
        Offences.AssertNone(offences);
    }

    [Fact]
    public void Roslyn_IsSeenByReadingRulesAndEntriesOnly()
    {
        var offences = Sources.Uses
            .Where(use => use.Target.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            .Where(use => use.Stage.Length > 0 && !StagesWithRoslyn.Contains(use.Stage))
            .Select(use => $"{use.File} uses {use.Name} of {use.Target}");
        Offences.AssertNone(offences);
    }

    // A plan says where numbers lie and what is done to them; the words for it are the emitters' own.
    [Fact]
    public void CSharp_IsWrittenByEmissionOnly()
    {
        string[] words = ["pass.", "(nint)", "new ", "state +", "parameters +", "stepWeights +", "[MethodImpl", "*("];
        var offences = Sources.Literals
            .Where(literal => literal.Stage is "Planning" or "Layers" or "Composition" or "Equations")
            .Where(literal => words.Any(word => literal.Text.Contains(word, StringComparison.Ordinal)))
            .Select(literal => $"{literal.File} holds C#: {literal.Text}");
        Offences.AssertNone(offences);
    }

    [Fact]
    public void Runtime_IsNotReferenced() =>
        Assert.DoesNotContain(
            typeof(ModelGenerator).Assembly.GetReferencedAssemblies(), assembly => assembly.Name == "RnnGen");
}
