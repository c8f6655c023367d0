using System.Globalization;

namespace RnnGen.Generator.Tests.Purity;

public sealed class PipelineValueTests
{
    public static TheoryData<string> Steps => [.. TrackedSteps.Names];

    [Theory]
    [MemberData(nameof(Steps))]
    public void StepOutput_OfAModel_HoldsPlainValuesOnly(string step)
    {
        var run = GeneratorHarness.Run(Models.Character, Models.Forecaster);

        var impurities = run.OutputsOf(step)
            .SelectMany(output => ObjectGraph.Impurities(output.Value, typeof(ModelGenerator).Assembly));
        Offences.AssertNone(impurities);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void StepOutput_OfEqualSources_IsEqual(string step)
    {
        var first = GeneratorHarness.Run(Models.Character, Models.Forecaster).OutputsOf(step);
        var second = GeneratorHarness.Run(Models.Character, Models.Forecaster).OutputsOf(step);

        Assert.Equal(first.Select(output => output.Value), second.Select(output => output.Value));
        Assert.Equal(
            first.Select(output => output.Value.GetHashCode()), second.Select(output => output.Value.GetHashCode()));
    }

    [Fact]
    public void Files_OfEqualSources_AreEqual() =>
        Assert.Equal(
            GeneratorHarness.Run(Models.Character, Models.Forecaster).Files,
            GeneratorHarness.Run(Models.Character, Models.Forecaster).Files);

    [Fact]
    public void Files_UnderAnotherCulture_AreEqual()
    {
        var invariant = GeneratorHarness.Run(Models.Character, Models.Forecaster).Files;
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureOfCommas();
            Assert.Equal(invariant, GeneratorHarness.Run(Models.Character, Models.Forecaster).Files);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Files_OfAModel_EndTheirLinesWithALineFeedAlone() =>
        Assert.All(
            GeneratorHarness.Run(Models.Character.ReplaceLineEndings("\r\n")).Files,
            file => Assert.DoesNotContain('\r', file.Text));

    private static CultureInfo CultureOfCommas()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        return culture;
    }
}
