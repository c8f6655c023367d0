using System.Diagnostics;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;
using Xunit.Abstractions;

namespace RnnGen.Generator.Tests.Emission;

/// <summary>How long the compiler makes an editor wait.</summary>
[Collection(nameof(EmissionTimeTests))]
[CollectionDefinition(nameof(EmissionTimeTests), DisableParallelization = true)]
public sealed class EmissionTimeTests(ITestOutputHelper output)
{
    private const int Runs = 40;

    // The promise is 50 ms. Test machines are shared: the fastest of several runs counts, and three times the promise
    // is a defect for certain.
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(150);

    [Fact]
    public void PlanAndFiles_OfTheCharacterModel_TakeLittleTime()
    {
        ModelSpec spec = Spec(Models.Character);

        TimeSpan fastest = Fastest(() => ModelEmission.Emit(ModelPlanner.Plan(spec, default), default));
        output.WriteLine($"Plan and files: {fastest.TotalMilliseconds:F1} ms");
        Assert.True(fastest < Most, $"{fastest.TotalMilliseconds:F1} ms");
    }

    // Rules judge a plan, which is made again to be emitted: that must not be felt.
    [Fact]
    public void MemoryNeeds_OfTheCharacterModel_TakeHardlyAnyTime()
    {
        ModelSpec spec = Spec(Models.Character);

        TimeSpan fastest = Fastest(() => MemoryNeeds.Of(spec));
        output.WriteLine($"Memory needs: {fastest.TotalMilliseconds:F2} ms");
        Assert.True(fastest < Most / 10, $"{fastest.TotalMilliseconds:F1} ms");
    }

    // Without a loss, rows of all layers share their memory. That is laid out once for the whole: after each layer anew
    // it would take nine times as long as planning a backward pass does.
    [Fact]
    public void MemoryNeeds_OfADeepModelWithoutALoss_TakeAboutAsLongAsWithOne()
    {
        string layers = string.Join(", ", Enumerable.Range(0, 48).Select(i => $"Lstm(16, Name = \"layer{i}\")"));
        ModelSpec Deep(string loss) => Spec(
            $"using RnnGen; [SequenceModel, Input(16), {layers}, Dense(16){loss}] public partial class Model;");
        ModelSpec trains = Deep(", MeanSquaredError");
        ModelSpec runs = Deep("");

        TimeSpan trained = Fastest(() => MemoryNeeds.Of(trains));
        TimeSpan untrained = Fastest(() => MemoryNeeds.Of(runs));
        output.WriteLine($"Memory needs of 48 layers: {trained.TotalMilliseconds:F2} ms with a loss, "
            + $"{untrained.TotalMilliseconds:F2} ms without");
        Assert.True(untrained < 3 * trained, $"{untrained.TotalMilliseconds:F1} ms");
    }

    [Fact]
    public void Edit_OfTheCharacterModel_TakesLittleTime()
    {
        var project = new GeneratorSession(Models.Character);
        int size = 128;
        TimeSpan fastest = Fastest(() => project.Replace(0, $"Lstm({size},", $"Lstm({++size},"));
        output.WriteLine($"From an edit to new files: {fastest.TotalMilliseconds:F1} ms");
        Assert.True(fastest < Most, $"{fastest.TotalMilliseconds:F1} ms");
    }

    // As an editor does after every key: what has not changed is not even looked at.
    [Fact]
    public void Edit_OfACommentAmongManyModels_TakesLittleTimeForAllOfThem()
    {
        var project = new GeneratorSession(
            [.. Enumerable.Range(0, 20).Select(i => "// Edit 0\n" + Models.Forecaster.Replace("Forecaster", $"{i}"))]);
        int edit = 0;
        TimeSpan fastest = Fastest(() => project.Replace(0, $"// Edit {edit}", $"// Edit {++edit}"));
        output.WriteLine($"From a comment to 20 models that stay: {fastest.TotalMilliseconds:F1} ms");
        Assert.True(fastest < Most, $"{fastest.TotalMilliseconds:F1} ms");
    }

    private static ModelSpec Spec(string source) =>
        ((CheckedModel)Assert.Single(GeneratorHarness.Run(source).OutputsOf(TrackingNames.Check)).Value).Spec;

    private static TimeSpan Fastest(Action action)
    {
        var fastest = TimeSpan.MaxValue;
        for (int i = 0; i < Runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            fastest = elapsed < fastest ? elapsed : fastest;
        }

        return fastest;
    }
}
