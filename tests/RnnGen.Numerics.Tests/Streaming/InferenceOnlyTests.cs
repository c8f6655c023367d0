using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Streaming;

/// <summary>Streams of models that hand on what they were given, or its mean or maximum.</summary>
public sealed class InferenceOnlyTests
{
    // Behind each step's features stands what must not be read into the results.
    private static readonly float[] Features =
        [1, -2, 3, 4, 5, float.NaN, -1, 2, 3.5f, -4, 8, float.NaN, 0, 0, 7, 1, 2, float.NaN];

    public static TheoryData<SimdTarget> Targets => [.. Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void LatestRow_WeightsChangedAfterStep_KeepsItsOutputs(SimdTarget target)
    {
        var model = new LatestRow(seed: 3, target);
        float[] table = model.GetTensor("embedding.weight");
        using LatestRow.State state = model.CreateState();
        ReadOnlySpan<float> outputs = model.Step(4, state);
        model.SetTensor("embedding.weight", new float[table.Length]);
        Assert.Equal(table[20..25], outputs.ToArray());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void LatestFeatures_FeaturesChangedAfterStep_KeepsItsOutputs(SimdTarget target)
    {
        var model = new LatestFeatures(target: target);
        using LatestFeatures.State state = model.CreateState();
        float[] features = Features[..5];
        ReadOnlySpan<float> outputs = model.Step(features, state);
        features.AsSpan().Clear();
        Assert.Equal(Features[..5], outputs.ToArray());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void RunningMean_SomeSteps_IsTheMeanOfTheCallersOwnNumbers(SimdTarget target)
    {
        var model = new RunningMean(target: target);
        using RunningMean.State state = model.CreateState();
        float[] outputs = [];
        for (int step = 0; step < 3; step++)
        {
            outputs = model.Step(Features.AsSpan(step * 6, 5), state).ToArray();
        }

        float[] expected =
            [.. Enumerable.Range(0, 5).Select(i => (Features[i] + Features[6 + i] + Features[12 + i]) / 3)];
        Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, Tolerances.SingleUlp * 8));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void RunningMaximum_SomeSteps_IsTheMaximumOfTheCallersOwnNumbers(SimdTarget target)
    {
        var model = new RunningMaximum(target: target);
        using RunningMaximum.State state = model.CreateState();
        float[] outputs = [];
        for (int step = 0; step < 3; step++)
        {
            outputs = model.Step(Features.AsSpan(step * 6, 5), state).ToArray();
        }

        float[] expected =
            [.. Enumerable.Range(0, 5).Select(i => Math.Max(Features[i], Math.Max(Features[6 + i], Features[12 + i])))];
        Assert.Equal(expected, outputs);
        model.Step([float.NaN, 0, 0, 0, 0], state);
        outputs = model.Step([1, 9, 0, 0, 0], state).ToArray();
        Assert.Equal([float.NaN, 9, .. expected[2..]], outputs);
    }
}
