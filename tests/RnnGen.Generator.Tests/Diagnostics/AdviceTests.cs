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
    public Task Layers_WithoutModelAndInput_AreReported() => Advises(
        "using RnnGen; [Rnn(2), Dense(1), MeanSquaredError] public partial class Model;",
        "RNN9002 Warning on 'Rnn(2)': 'Model' has the layer 'Rnn' but is no model, so nothing is generated: "
            + "write [SequenceModel] above it");

    [Fact]
    public Task Loss_Missing_IsMentioned() => Advises(
        "using RnnGen; [SequenceModel, Input(1), Rnn(2)] public partial class Model;",
        "RNN9003 Info on 'Model': 'Model' has no loss, so it runs but cannot be trained: "
            + "write [Dense(size)] and a loss below 'Rnn', for instance [MeanSquaredError], if CreateTrainer is to be "
            + "called");

    // What is advised compiles.
    [Theory]
    [InlineData("Input(1), Rnn(2), Dense(1)", "one below 'Dense', for instance [MeanSquaredError]")]
    [InlineData("Embedding(5, 2), Rnn(2), Dense(5)", "one below 'Dense', for instance [CrossEntropy]")]
    [InlineData("Embedding(5, 2), Rnn(2), Dense(1)", "one below 'Dense', for instance [MeanSquaredError]")]
    [InlineData(
        "Embedding(5, 2), Rnn(2), Dense(5, Activation = Activation.Tanh)",
        "one below 'Dense', for instance [MeanSquaredError]")]
    [InlineData("Embedding(5, 2), Last", "[Dense(size)] and a loss below 'Last', for instance [CrossEntropy]")]
    public async Task Loss_Missing_TheAdviceCompiles(string layers, string advice)
    {
        string head = advice.StartsWith("one", StringComparison.Ordinal) ? "" : ", Dense(3)";
        string loss = advice[(advice.IndexOf('[', advice.IndexOf("instance", StringComparison.Ordinal)) + 1)..^1];
        await Advises(
            $"using RnnGen; [SequenceModel, {layers}] public partial class Model;",
            $"RNN9003 Info on 'Model': 'Model' has no loss, so it runs but cannot be trained: write {advice}, "
                + "if CreateTrainer is to be called");
        GeneratorHarness.Run($"using RnnGen; [SequenceModel, {layers}{head}, {loss}] public partial class Model;")
            .AssertCompiles();
    }

    [Fact]
    public Task Dropout_InASingleLayer_IsReported() => Advises(
        "using RnnGen; [SequenceModel, Input(1), Lstm(2, Dropout = 0.25f), Dense(1), MeanSquaredError] "
            + "public partial class Model;",
        "RNN9004 Warning on 'Dropout = 0.25f': 'Lstm' has Dropout 0.25, which lies between stacked layers, "
            + "but is one layer only: write Layers = 2 or more, or [Dropout(0.25f)] below it");

    [Fact]
    public Task Dropout_InASingleLayerOfAnEncoder_IsReported() => Advises(
        "using RnnGen; [EncoderDecoder, Encoder, Input(1), Rnn(2, Dropout = 0.25f), Decoder, Input(1), Rnn(2), "
            + "Dense(1), MeanSquaredError] public partial class Model;",
        "RNN9004 Warning on 'Dropout = 0.25f': 'Rnn of the encoder' has Dropout 0.25, which lies between stacked "
            + "layers, but is one layer only: write Layers = 2 or more, or [Dropout(0.25f)] below it");

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
