using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.BadInput;

public sealed class StreamInputTests
{
    private readonly Characters _model = new(seed: 1);

    [Theory]
    [InlineData(-1)]
    [InlineData(Characters.Vocabulary)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Step_TokenOutsideTheVocabulary_NamesItAndLeavesTheStream(int token)
    {
        using Characters.State state = _model.CreateState();
        using Characters.State twin = _model.CreateState();
        _model.Step(3, state);
        _model.Step(3, twin);
        var exception = Assert.Throws<ArgumentOutOfRangeException>("token", () => { _model.Step(token, state); });
        Assert.Contains($"{token}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("from 0 to 36", exception.Message, StringComparison.Ordinal);
        Assert.Equal(_model.Step(4, twin).ToArray(), _model.Step(4, state).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Step_OtherNumberOfFeatures_IsRefused(int count)
    {
        var model = new EchoGru(seed: 1);
        using EchoGru.State state = model.CreateState();
        float expected = model.Step([0.5f], state)[0];
        state.Reset();
        var exception = Assert.Throws<ArgumentException>("features", () => { model.Step(new float[count], state); });
        Assert.Contains($"{count} features", exception.Message, StringComparison.Ordinal);
        Assert.Equal(expected, model.Step([0.5f], state)[0]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Step_FeatureThatIsNotFinite_IsRefusedWhereWanted(float bad)
    {
        var model = new NarrowDenseOnly(seed: 1);
        using NarrowDenseOnly.State state = model.CreateState();
        double[] features = [.. Enumerable.Range(0, NarrowDenseOnly.InputSize).Select(i => i / 8.0)];
        double[] expected = model.Step(features, state).ToArray();
        double[] poisoned = [.. features];
        poisoned[11] = bad;
        Assert.False(state.RefuseNonFinite);
        Assert.Contains(model.Step(poisoned, state).ToArray(), value => !double.IsFinite(value));
        state.RefuseNonFinite = true;
        Assert.Equal(expected, model.Step(features, state));
        var exception = Assert.Throws<ArgumentOutOfRangeException>("features", () => { model.Step(poisoned, state); });
        Assert.Contains($"features[11] is {bad}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("RefuseNonFinite", exception.Message, StringComparison.Ordinal);
        state.RefuseNonFinite = false;
        Assert.Contains(model.Step(poisoned, state).ToArray(), value => !double.IsFinite(value));
    }

    [Fact]
    public void Step_RefusedFeature_LeavesTheStreamWhereItWas()
    {
        var model = new EchoGru(seed: 1);
        using EchoGru.State state = model.CreateState();
        using EchoGru.State twin = model.CreateState();
        state.RefuseNonFinite = true;
        foreach (float value in (float[])[0.5f, -0.25f, 0.75f])
        {
            Assert.Throws<ArgumentOutOfRangeException>("features", () => { model.Step([float.NaN], state); });
            Assert.Equal(model.Step([value], twin), model.Step([value], state));
        }

        // It is the stream's own choice, which a copy of where it stands does not take along.
        state.CopyTo(twin);
        Assert.True(float.IsNaN(model.Step([float.NaN], twin)[0]));
        state.Dispose();
        Assert.Throws<ObjectDisposedException>(() => state.RefuseNonFinite = true);
        Assert.Throws<ObjectDisposedException>(() => { model.Step([1f], state); });
    }

    [Fact]
    public void Step_OutputsOfADisposedState_MayStillBeFed()
    {
        var model = new FeedbackGru(seed: 1);
        using FeedbackGru.State state = model.CreateState();
        FeedbackGru.State ended = model.CreateState();
        ReadOnlySpan<float> outputs = model.Step(new float[FeedbackGru.InputSize], ended);
        ended.Dispose();
        float[] copy = outputs.ToArray();
        float[] expected = model.Step(copy, state).ToArray();
        state.Reset();
        Assert.Equal(expected, model.Step(outputs, state));
        Assert.Throws<ObjectDisposedException>(() => { model.Step(copy, ended); });
    }

    [Fact]
    public void Step_NoStateOrADisposedOne_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("state", () => { _model.Step(1, null!); });
        Characters.State state = _model.CreateState();
        state.Dispose();
        state.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { _model.Step(1, state); });
        Assert.Throws<ObjectDisposedException>(state.Reset);
    }

    [Fact]
    public void Step_StateOfAnotherModel_IsRefused()
    {
        using Characters.State state = new Characters(seed: 1).CreateState();
        var exception = Assert.Throws<ArgumentException>("state", () => { _model.Step(1, state); });
        Assert.Contains("another model", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_TargetThatIsNone_IsRefused() =>
        Assert.Throws<PlatformNotSupportedException>(() => new Characters(seed: 1, (SimdTarget)99));
}
