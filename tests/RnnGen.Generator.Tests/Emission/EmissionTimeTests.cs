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
        var run = GeneratorHarness.Run(Models.Character);
        ModelSpec spec = ((CheckedModel)Assert.Single(run.OutputsOf(TrackingNames.Check)).Value).Spec;

        TimeSpan fastest = Fastest(() => ModelEmission.Emit(ModelPlanner.Plan(spec, default), default));
        output.WriteLine($"Plan and files: {fastest.TotalMilliseconds:F1} ms");
        Assert.True(fastest < Most, $"{fastest.TotalMilliseconds:F1} ms");
    }

    // Rules judge a plan, which is made again to be emitted: that must not be felt.
    [Fact]
    public void MemoryNeeds_OfTheCharacterModel_TakeHardlyAnyTime()
    {
        var run = GeneratorHarness.Run(Models.Character);
        ModelSpec spec = ((CheckedModel)Assert.Single(run.OutputsOf(TrackingNames.Check)).Value).Spec;

        TimeSpan fastest = Fastest(() => MemoryNeeds.Of(spec));
        output.WriteLine($"Memory needs: {fastest.TotalMilliseconds:F2} ms");
        Assert.True(fastest < Most / 10, $"{fastest.TotalMilliseconds:F1} ms");
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
