using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>RNN9xxx: what the analyzer says beside the generator's errors.</summary>
public sealed class AdviceTests
{
    [Fact]
    public Task Model_Sound_GetsNoAdvice() => Advises(Models.Character);

    [Fact]
    public Task Class_NotPartial_HasAHiddenPlaceForTheFixer() => Advises(
        "using RnnGen; [SequenceModel, Input(1), Rnn(2), Dense(1), MeanSquaredError] class Model;",
        "RNN9001 Hidden on 'Model': 'Model' can be made partial");

    [Fact]
    public Task Layers_WithoutModel_AreReported() => Advises(
        "using RnnGen; [Input(1), Rnn(2), Dense(1), MeanSquaredError] public partial class Model;",
        "RNN9002 Warning on 'Input(1)': 'Model' has the layer 'Input' but is no model, so nothing is generated: "
            + "write [SequenceModel] above it");

    [Fact]
    public Task Loss_Missing_IsMentioned() => Advises(
        "using RnnGen; [SequenceModel, Input(1), Rnn(2)] public partial class Model;",
        "RNN9003 Info on 'Model': 'Model' has no loss, so it runs but cannot be trained: "
            + "write one below 'Rnn', for instance [CrossEntropy], if CreateTrainer is to be called");

    [Fact]
    public Task Dropout_InASingleLayer_IsReported() => Advises(
        "using RnnGen; [SequenceModel, Input(1), Lstm(2, Dropout = 0.25f), Dense(1), MeanSquaredError] "
            + "public partial class Model;",
        "RNN9004 Warning on 'Dropout = 0.25f': 'Lstm' has Dropout 0.25, which lies between stacked layers, "
            + "but is one layer only: write Layers = 2 or more, or [Dropout(0.25f)] below it");

    [Fact]
    public Task Model_WithAnError_GetsNoAdvice() => Advises(
        "using RnnGen; [SequenceModel, Input(0), Lstm(2, Dropout = 0.25f)] public partial class Model;");

    private static async Task Advises(string source, params string[] expected)
    {
        var advice = await GeneratorHarness.Analyze(new ModelAnalyzer(), source);
        Assert.Equal(expected, advice.Select(diagnostic =>
            $"{diagnostic.Id} {diagnostic.Severity} on '{TextAt(diagnostic.Location)}': {diagnostic.GetMessage()}"));
    }

    private static string TextAt(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);
}
