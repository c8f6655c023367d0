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
