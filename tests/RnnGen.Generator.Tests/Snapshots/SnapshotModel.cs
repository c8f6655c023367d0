namespace RnnGen.Generator.Tests.Snapshots;

/// <summary>Small models, whose generated files are stored to be looked at.</summary>
internal static class SnapshotModel
{
    /// <summary>The public file and the kernels for AVX2 of a model with these layers.</summary>
    public static IEnumerable<GeneratedFile> OneTarget(string layers, string options = "") =>
        Compile(layers, options).Files.Where(IsShown);

    /// <summary>All files of a model with these layers.</summary>
    public static IEnumerable<GeneratedFile> AllTargets(string layers) => Compile(layers, "").Files;

    /// <summary>
    /// Of all targets' kernels, AVX2's are shown: vectors with tails, as most processors run them. What is the same in
    /// all models is shown once, where all targets are.
    /// </summary>
    public static bool IsShown(GeneratedFile file) =>
        file.HintName.EndsWith("Model.g.cs", StringComparison.Ordinal)
        || (file.HintName.Contains(".Avx2") && !file.HintName.EndsWith(".Kernels.g.cs", StringComparison.Ordinal));

    private static GeneratorRun Compile(string layers, string options) => GeneratorHarness.Run(
        $"""
        using RnnGen;

        [SequenceModel(Steps = 6, Batch = 3{options})]
        [{layers}]
        public sealed partial class Model;
        """).AssertCompiles();
}
