namespace RnnGen.Generator.Tests.Incrementality;

/// <summary>The project's <c>RnnGenTargets</c> under edit: what runs again?</summary>
public sealed class TargetEditTests
{
    private readonly GeneratorSession _project = new(Models.Character, Models.Forecaster);

    [Fact]
    public void Targets_Chosen_RegenerateEveryModel()
    {
        var all = _project.Latest;
        var few = _project.SetTargets("Vector128,Avx2").AssertCompiles();

        Assert.All(few.OutputsOf(TrackingNames.Emit), output => Assert.False(output.IsReused));
        string[] left = [.. few.Files.Select(file => file.HintName)];
        Assert.DoesNotContain(left, name => name.Contains("Avx512", StringComparison.Ordinal));

        // What stays is what was: a target's code does not depend on the others.
        Assert.Equal(KernelsOf(all, left), KernelsOf(few, left));
        Assert.Equal(all.Files, _project.SetTargets("").Files);
    }

    [Fact]
    public void Targets_SetToTheSame_ReuseAll()
    {
        _project.SetTargets("Avx2,Vector128");
        var after = _project.SetTargets("Avx2, Vector128,");

        Assert.NotEmpty(after.TrackedOutputs);
        Assert.All(after.TrackedOutputs, output => Assert.True(output.IsReused, $"{output.Step}: {output.Reason}"));
    }

    [Fact]
    public void Targets_Corrected_GenerateModelsAgain()
    {
        var before = _project.Latest;
        Assert.Equal(2, _project.SetTargets("Avx3").Diagnostics.Length);
        Assert.Equal(before.Files, _project.SetTargets("All").AssertCompiles().Files);
    }

    private static IEnumerable<GeneratedFile> KernelsOf(GeneratorRun run, string[] names) =>
        run.Files.Where(file => names.Contains(file.HintName) && file.HintName.Split('.').Length > 4);
}
