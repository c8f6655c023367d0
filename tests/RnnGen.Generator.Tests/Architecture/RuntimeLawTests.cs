namespace RnnGen.Generator.Tests.Architecture;

/// <summary>The runtime library's dependency law.</summary>
public sealed class RuntimeLawTests
{
    /// <summary>What each folder may use of the others.</summary>
    private static readonly Dictionary<string, string[]> Law = new()
    {
        // An attribute names its cell, and a cell's options are the attribute's.
        ["Attributes"] = ["Cells"],
        ["Cells"] = ["Attributes"],
        ["Kernels"] = [],
        ["Outputs"] = ["Kernels"],
        ["Losses"] = ["Kernels", "Attributes"],
        ["Optimizers"] = ["Kernels"],
        ["Initialization"] = ["Kernels", "Optimizers"],
        ["Weights"] = ["Kernels", "Initialization"],
        ["Training"] = ["Kernels", "Losses", "Optimizers", "Initialization", "Weights"],
    };

    private static readonly SourceFolder Sources = new(Repository.Folder("src", "RnnGen"));

    [Fact]
    public void Folders_AreKnown() => Offences.AssertNone(Sources.Stages.Except(Law.Keys));

    [Fact]
    public void Folder_UsesWhatItMay()
    {
        var offences = Sources.Uses
            .Where(use => Law.ContainsKey(use.Stage) && Law.ContainsKey(use.Target))
            .Where(use => !Law[use.Stage].Contains(use.Target))
            .Select(use => $"{use.File} uses {use.Name} of {use.Target}");
        Offences.AssertNone(offences);
    }

    [Fact]
    public void Library_DependsOnNothingButDotNet() =>
        Assert.All(
            typeof(SequenceModelAttribute).Assembly.GetReferencedAssemblies(),
            assembly => Assert.StartsWith("System.", assembly.Name));
}
