namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>What a sound model cannot do is an error where it is called, with the reason in it.</summary>
public sealed class CallTests
{
    [Fact]
    public void CreateTrainer_WithoutALoss_SaysWhatIsMissing() => Refuses(
        "Input(1), Rnn(2)",
        "model.CreateTrainer();",
        "'Model.CreateTrainer(TrainingOptions?)' is obsolete: 'Model cannot be trained: it has no loss. "
            + "Write [Dense(size)] and a loss below 'Rnn', for instance [MeanSquaredError].'");

    // All that a trainer is used for compiles, so that the missing loss is the only error.
    [Theory]
    [InlineData("Input(1), Rnn(2), Dense(1)", "float[] inputs, float[] targets", "MeanSquaredError")]
    [InlineData("Embedding(5, 2), Rnn(2), Dense(5)", "int[] inputs, int[] targets", "CrossEntropy")]
    [InlineData("Input(1), Rnn(2), Dense(3)", "float[] inputs, int[] targets", "MeanSquaredError")]
    [InlineData("Embedding(5, 2), Rnn(2), Dense(5)", "int[] inputs, float[] targets", "CrossEntropy")]
    public void Trainer_WithoutALoss_IsOneError(string layers, string data, string loss) => Refuses(
        layers,
        """
        using Model.Trainer trainer = model.CreateTrainer(new TrainingOptions { ClipNorm = 1 });
        TrainingReport report = trainer.Fit(SequenceData.Windows(inputs, targets), epochs: 5);
        float loss = trainer.Step(inputs, targets, [2, 1]) + (float)report.TrainLoss;
        """,
        "'Model.CreateTrainer(TrainingOptions?)' is obsolete: 'Model cannot be trained: it has no loss. "
            + $"Write one below 'Dense', for instance [{loss}].'",
        data);

    [Fact]
    public void CreateState_OfABidirectionalModel_SaysWhyNot() => Refuses(
        "Input(1), Rnn(2, Bidirectional = true), Dense(1), MeanSquaredError",
        "model.CreateState();",
        "'Model.CreateState()' is obsolete: 'Model cannot be stepped: its backward direction starts at a sequence's "
            + "end. Use Forward.'");

    [Fact]
    public void Step_OfABidirectionalModel_SaysWhyNot() => Refuses(
        "Input(1), Rnn(2, Bidirectional = true), Dense(1), MeanSquaredError",
        "model.Step([1f], null!);",
        "'Model.Step(ReadOnlySpan<float>, Model.State)' is obsolete: 'Model cannot be stepped: its backward direction "
            + "starts at a sequence's end. Use Forward.'");

    private static void Refuses(string layers, string call, string message, string data = "int unused")
    {
        var run = GeneratorHarness.Run(
            $"using RnnGen; [SequenceModel, {layers}] public partial class Model; "
                + $"internal static class Program {{ internal static void Use(Model model, {data}) {{ {call} }} }}");
        Assert.Empty(run.Diagnostics);
        var error = Assert.Single(run.CompilerDiagnostics);
        Assert.Equal("CS0619", error.Id);
        Assert.Equal(message, error.GetMessage());
    }
}
