namespace RnnGen.Generator.Tests.Incrementality;

/// <summary>Two models in a project, one edit: what runs again?</summary>
public sealed class EditTests
{
    private const int CharacterFile = 0;
    private const int ForecasterFile = 1;
    private static readonly string[] StepsWithoutPlaces =
        [TrackingNames.Spec, TrackingNames.Check, TrackingNames.Plan, TrackingNames.Emit];
    private readonly GeneratorSession _project = new(Models.Character, Models.Forecaster);

    [Fact]
    public void Pipeline_TwoModels_TracksEveryStepForBoth()
    {
        _project.Latest.AssertCompiles();
        Assert.All(TrackedSteps.Names, step => Assert.Equal(2, _project.Latest.OutputsOf(step).Length));
    }

    [Fact]
    public void Nothing_SameTextParsedAgain_ReusesAll() => AssertReusesAll(_project.Reparse());

    [Fact]
    public void Comment_AddedAboveModel_StopsAtSpec() =>
        AssertStopsAtSpec(_project.Replace(CharacterFile, "[SequenceModel(", "// new comment\n[SequenceModel("));

    [Fact]
    public void Comment_AddedBetweenLayers_StopsAtSpec() =>
        AssertStopsAtSpec(_project.Replace(CharacterFile, "[Dense(96)]", "/* the head */\n\n[Dense( 96 )]"));

    [Fact]
    public void Class_MovedDownInItsFile_StopsAtSpec() =>
        AssertStopsAtSpec(_project.Replace(
            CharacterFile, "[SequenceModel(", "internal sealed class Other { public int X; }\n\n[SequenceModel("));

    [Fact]
    public void Type_AddedInNewFile_ReusesAll() =>
        AssertReusesAll(_project.AddFile("namespace Example; internal sealed class Unrelated { public int X; }"));

    [Fact]
    public void Method_AddedToModelsOwnPart_ReusesAll() =>
        AssertReusesAll(_project.Replace(
            CharacterFile, "partial class CharacterModel;", "partial class CharacterModel { public int Own() => 1; }"));

    [Fact]
    public void UnrelatedCode_BrokenWhileTyping_ReusesAll() =>
        AssertReusesAll(_project.AddFile("namespace Example; internal sealed class Half { public int X( "));

    [Fact]
    public void Size_ChangedInOneModel_RegeneratesThatOneOnly()
    {
        var before = _project.Latest;
        var after = _project.Replace(ForecasterFile, "[Gru(32)]", "[Gru(33)]");

        foreach (var step in TrackedSteps.Names.Where(step => step != TrackingNames.Report))
            Assert.Equal(1, after.OutputsOf(step).Count(output => !output.IsReused));
        Assert.Equal(FilesOf(before, "CharacterModel"), FilesOf(after, "CharacterModel"));
        Assert.NotEqual(FilesOf(before, "TemperatureForecaster"), FilesOf(after, "TemperatureForecaster"));
    }

    [Fact]
    public void Model_AddedInNewFile_LeavesTheOthersAlone()
    {
        var added = Models.Forecaster.Replace("TemperatureForecaster", "PressureForecaster");
        var after = _project.AddFile(added).AssertCompiles();

        Assert.All(TrackedSteps.Names, step => Assert.Equal(2, after.OutputsOf(step).Count(output => output.IsReused)));
        Assert.True(Assert.Single(after.OutputsOf(TrackingNames.Alike)).IsReused);
    }

    [Fact]
    public void Model_AddedWhoseNameDiffersInCaseOnly_EmitsTheOthersNotAgain()
    {
        var added = Models.Forecaster.Replace("TemperatureForecaster", "Temperatureforecaster");
        var after = _project.AddFile(added).AssertCompiles();

        Assert.Equal(2, after.OutputsOf(TrackingNames.Emit).Count(output => output.IsReused));
        Assert.Equal(3, after.Files.Count(file => file.HintName.EndsWith(".Avx2.g.cs", StringComparison.Ordinal)));
    }

    [Fact]
    public void Model_Removed_LosesItsFilesOnly()
    {
        var before = _project.Latest;
        var after = _project.Rewrite(ForecasterFile, "namespace Example;");

        Assert.Empty(FilesOf(after, "TemperatureForecaster"));
        Assert.Equal(FilesOf(before, "CharacterModel"), FilesOf(after, "CharacterModel"));
    }

    [Fact]
    public void Error_MovedInItsFile_EmitsNothingAgain()
    {
        var broken = _project.Replace(CharacterFile, "[Dense(96)]", "[Dense(0)]");
        Assert.NotEmpty(broken.Diagnostics);

        var moved = _project.Replace(CharacterFile, "[SequenceModel(", "// moved\n\n[SequenceModel(");
        Assert.All(moved.OutputsOf(TrackingNames.Emit), output => Assert.True(output.IsReused));
        var line = moved.Diagnostics[0].Location.GetLineSpan().StartLinePosition.Line;
        Assert.Equal(broken.Diagnostics[0].Location.GetLineSpan().StartLinePosition.Line + 2, line);
    }

    [Fact]
    public void Error_Corrected_GeneratesThatModelAgain()
    {
        var before = _project.Latest;
        var broken = _project.Replace(CharacterFile, "[Dense(96)]", "[Dense(0)]");
        Assert.Single(FilesOf(broken, "CharacterModel"));
        Assert.Equal(FilesOf(before, "TemperatureForecaster"), FilesOf(broken, "TemperatureForecaster"));

        var corrected = _project.Replace(CharacterFile, "[Dense(0)]", "[Dense(96)]").AssertCompiles();
        Assert.Equal(before.Files, corrected.Files);
    }

    [Fact]
    public void Argument_SpelledAnotherWay_StopsAtSpec() =>
        AssertStopsAtSpec(_project.Replace(ForecasterFile, "[Gru(32)]", "[RnnGen.GruAttribute(size: 8 * 4)]"));

    [Fact]
    public void Constant_InAnotherFile_RegeneratesTheModelThatUsesIt()
    {
        _project.AddFile("namespace Example; internal static class Sizes { public const int Units = 32; }");
        AssertStopsAtSpec(_project.Replace(ForecasterFile, "[Gru(32)]", "[Gru(Sizes.Units)]"));

        var changed = _project.Replace(2, "32", "40");
        Assert.Equal(1, changed.OutputsOf(TrackingNames.Emit).Count(output => !output.IsReused));
        Assert.Contains("Gru(40)", changed["TemperatureForecaster.g.cs"]);
    }

    private static void AssertReusesAll(GeneratorRun run)
    {
        Assert.NotEmpty(run.TrackedOutputs);
        Assert.All(run.TrackedOutputs, output => Assert.True(output.IsReused, $"{output.Step}: {output.Reason}"));
        Assert.All(run.FinalOutputs, output => Assert.True(output.IsReused, $"{output.Step}: {output.Reason}"));
    }

    // Read knows places, for reporting; they have moved. What is emitted knows none.
    private static void AssertStopsAtSpec(GeneratorRun run)
    {
        Assert.All(
            StepsWithoutPlaces.SelectMany(step => run.OutputsOf(step)),
            output => Assert.True(output.IsReused, $"{output.Step}: {output.Reason}"));
    }

    private static IEnumerable<GeneratedFile> FilesOf(GeneratorRun run, string model) =>
        run.Files.Where(file => file.HintName.Contains(model, StringComparison.Ordinal));
}
