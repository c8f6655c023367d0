namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>What a project may write for its SIMD targets.</summary>
public sealed class TargetsTests
{
    private const string Attributes = "[SequenceModel, Input(1), Rnn(2), Dense(1), MeanSquaredError]";

    [Theory]
    [InlineData(",", "names no target")]
    [InlineData("Sse", "names 'Sse'")]
    [InlineData("Vector128, AVX-2,Scalar , 512", "names 'AVX-2' and '512'")]
    [InlineData("All,Avx1", "names 'Avx1'")]
    public void Targets_ThatAreNone_AreReported(string targets, string what) => DiagnosticAssert.Reports(
        ProjectSettings.Usual with { Targets = targets },
        $"using RnnGen; {Attributes} public partial class [|Model|];",
        ("RNN0020",
            $"'Model' gets no code, since RnnGenTargets of this project {what}: "
            + "write one or more of Scalar, Vector128, Avx2 and Avx512 there, or All"));

    // The names are those of the runtime's enum.
    [Theory]
    [InlineData("", "Scalar, Vector128, Avx2, Avx512")]
    [InlineData(" ", "Scalar, Vector128, Avx2, Avx512")]
    [InlineData("all", "Scalar, Vector128, Avx2, Avx512")]
    [InlineData("Avx2,All", "Scalar, Vector128, Avx2, Avx512")]
    [InlineData("Avx512, Vector128", "Vector128, Avx512")]
    [InlineData("avx2,AVX2,", "Avx2")]
    [InlineData("Scalar;Avx2", "Scalar, Avx2")]
    public void Targets_OfAProject_AreThoseThatGetCode(string targets, string expected)
    {
        var run = GeneratorHarness.Run(
            ProjectSettings.Usual with { Targets = targets }, Models.Character, Models.Forecaster).AssertCompiles();

        var emitted = Enum.GetNames<RnnGen.Kernels.SimdTarget>().Where(target =>
            run.Files.Count(file => file.HintName.EndsWith($".{target}.g.cs", StringComparison.Ordinal)) == 2);
        Assert.Equal(expected, string.Join(", ", emitted));
        Assert.Equal(2 + (2 * 5 * emitted.Count()), run.Files.Count);
    }
}
