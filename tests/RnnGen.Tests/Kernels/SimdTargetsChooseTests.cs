using System.Reflection;
using RnnGen.Kernels;
using static RnnGen.Kernels.SimdTarget;

namespace RnnGen.Tests.Kernels;

/// <summary>Which of its targets a model runs on, on processors of every kind.</summary>
public sealed class SimdTargetsChooseTests
{
    private static readonly SimdTarget[] All = [Avx512, Avx2, Vector128, Scalar];

    // Not public: users have one processor.
    private static readonly Choice Choose = typeof(SimdTargets)
        .GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        .Single(method => method.Name == nameof(SimdTargets.Choose) && method.GetParameters().Length == 5)
        .CreateDelegate<Choice>();

    private delegate SimdTarget Choice(
        SimdTarget? asked, string model, ReadOnlySpan<SimdTarget> compiled, SimdTarget best, SimdTarget widest);

    [Fact]
    public void Choose_OnThisProcessor_IsItsBestOrTheOneAskedFor()
    {
        Assert.Equal(SimdTargets.Best, SimdTargets.Choose(null, "Model", All));
        Assert.Equal(Scalar, SimdTargets.Choose(Scalar, "Model", All));
    }

    [Theory]
    [InlineData(Avx512, Avx512, new[] { Avx512, Avx2, Vector128, Scalar }, Avx512)]
    [InlineData(Avx2, Avx2, new[] { Avx512, Avx2, Vector128, Scalar }, Avx2)]
    [InlineData(Avx2, Avx2, new[] { Avx512, Vector128 }, Vector128)]
    [InlineData(Avx512, Avx512, new[] { Vector128, Avx2 }, Avx2)]
    // RNNGEN_SIMD is the most, not the one.
    [InlineData(Avx512, Avx2, new[] { Avx512, Vector128, Scalar }, Vector128)]
    [InlineData(Vector128, Vector128, new[] { Avx2, Scalar }, Scalar)]
    // Without vectors in the processor, those of 128 bits are computed in software where there is nothing else.
    [InlineData(Scalar, Scalar, new[] { Avx512, Avx2, Vector128, Scalar }, Scalar)]
    [InlineData(Scalar, Scalar, new[] { Avx2, Vector128 }, Vector128)]
    public void Choose_WithoutAWish_IsTheWidestThatRuns(
        SimdTarget widest, SimdTarget best, SimdTarget[] compiled, SimdTarget expected)
    {
        Assert.Equal(expected, Choose(null, "Model", compiled, best, widest));

        // A second model can be made for the target of the first.
        Assert.Equal(expected, Choose(expected, "Model", compiled, best, widest));
    }

    [Fact]
    public void Choose_ATargetThatWasNotCompiled_SaysWhereToNameIt()
    {
        var exception = Assert.Throws<NotSupportedException>(
            () => Choose(Scalar, "GaitModel", [Avx2, Vector128], Avx512, Avx512));
        Assert.Equal(
            "GaitModel was compiled for Avx2, Vector128, not for Scalar: "
            + "name Scalar in RnnGenTargets, a property of the project that declares it.",
            exception.Message);
    }

    [Theory]
    [InlineData(Avx512, Avx2)]
    [InlineData(Vector128, Scalar)]
    [InlineData((SimdTarget)99, Avx512)]
    [InlineData((SimdTarget)(-1), Avx512)]
    public void Choose_ATargetThatTheProcessorHasNot_SaysSo(SimdTarget asked, SimdTarget widest)
    {
        var exception = Assert.Throws<PlatformNotSupportedException>(
            () => Choose(asked, "Model", All, widest, widest));
        Assert.Equal($"This processor cannot run {asked}.", exception.Message);
    }

    [Fact]
    public void Choose_WhereNothingRuns_SaysWhatWould()
    {
        var exception = Assert.Throws<PlatformNotSupportedException>(
            () => Choose(null, "GaitModel", [Avx512, Avx2], Vector128, Vector128));
        Assert.Equal(
            "GaitModel was compiled for Avx512, Avx2, and this processor has Vector128 at most: "
            + "name Vector128, which runs anywhere, in RnnGenTargets, a property of the project that declares it.",
            exception.Message);
    }

    [Fact]
    public void Choose_WhereTheVariableForbidsAll_NamesTheVariable()
    {
        var exception = Assert.Throws<NotSupportedException>(
            () => Choose(null, "GaitModel", [Avx2, Vector128], Scalar, Avx2));
        Assert.Equal(
            "GaitModel was compiled for Avx2, Vector128, and the environment variable RNNGEN_SIMD allows Scalar at "
            + "most: name Scalar in RnnGenTargets, a property of the project that declares it, or do not set the "
            + "variable.",
            exception.Message);
    }
}
