namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>Code that uses a model which could not be compiled: the mistake is the only error.</summary>
public sealed class ShellUsageTests
{
    private const string UsageOfTokens =
        """
        using System;
        using RnnGen;
        namespace Example;
        internal static class Program
        {
            internal static float Use(int[] inputs, int[] targets, IProgress<TrainingProgress> progress)
            {
                var model = new Broken(seed: 1, target: RnnGen.Kernels.SimdTarget.Avx2);
                var data = SequenceData.Windows(inputs);
                using var trainer = model.CreateTrainer(new TrainingOptions { ClipNorm = 1 });
                TrainingReport report = trainer.Fit(data, epochs: 5, data, progress);
                using Broken.State state = model.CreateState();
                state.Reset();
                model.Save("x.safetensors");
                var again = Broken.Load("x.safetensors");
                again.SetTensor("a", again.GetTensor("b"));
                again.Forward(inputs, new float[Broken.OutputSize * Broken.Vocabulary]);
                again.Forward(inputs, Broken.Batch, new float[Broken.OutputSize * Broken.Vocabulary]);
                again.Forward(inputs, [2, 1], new float[Broken.OutputSize * Broken.Vocabulary]);
                RecurrentStates<float> states = again.CreateStates(2);
                again.Forward(inputs, 2, new float[Broken.OutputSize * Broken.Vocabulary], null, states);
                again.Forward(inputs, [2, 1], new float[Broken.OutputSize * Broken.Vocabulary], states, states);
                trainer.Step(inputs, targets, 2, states, null);
                trainer.Evaluate(inputs, targets, [2, 1], states, null);
                return trainer.Step(inputs, targets, Broken.Batch) + again.Step(3, state)[0] / Broken.ParameterCount
                    + report.Epochs.Length + Broken.Summary.Length + again.Tensors.Length + (int)again.Target;
            }
        }
        """;

    private const string UsageOfStacks =
        """
        using System;
        using RnnGen;
        namespace Example;
        internal static class Program
        {
            internal static float Use(#source[] source, #target[] target, #goal[] targets)
            {
                var model = new Broken(seed: 1);
                var outputs = new float[Broken.OutputSize * Broken.Batch * Broken.TargetSteps * Broken.SourceSteps];
                RecurrentStates<float> states = model.CreateStates(2);
                model.Forward(source, target, outputs);
                model.Forward(source, target, 2, outputs, null, states);
                model.Forward(source, target, [2, 1], [1, 2], outputs, order: SequenceOrder.BatchMajor);
                using Broken.Trainer trainer = model.CreateTrainer(new TrainingOptions { ClipNorm = 1 });
                return trainer.Step(source, target, targets, 2) + trainer.Evaluate(source, target, targets, [1], [2])
                    + trainer.ComputeGradients(source, target, targets, sequences: 2, states, states);
            }
        }
        """;

    private const string Sound = "[SequenceModel, Embedding(9, 3), Lstm(3), Dense(9), CrossEntropy]";

    [Theory]
    [InlineData("[SequenceModel, Embedding(9, 0), Lstm(3), Dense(9), CrossEntropy]")]
    [InlineData("[SequenceModel(Steps = 0), Embedding(9, 3), Lstm(3), Dense(9), CrossEntropy]")]
    [InlineData("[SequenceModel, Embedding(9, 3), Lstm(3), CrossEntropy]")]
    [InlineData("[SequenceModel, Lstm(3), Dense(9), CrossEntropy]")]
    [InlineData("[SequenceModel]")]
    [InlineData("[SequenceModel, Embedding(9, 3), Lstm(3, Bidirectional = true), Last, Last, Dense(9), CrossEntropy]")]
    [InlineData("[SequenceModel, Embedding(9, 3), Lstm(3), Dense(9), CrossEntropy]", "record")]
    public void Mistake_InAModelThatIsUsed_IsTheOnlyError(string attributes, string keyword = "class")
    {
        var run = GeneratorHarness.Run(
            $"using RnnGen; namespace Example; {attributes} partial {keyword} Broken;", UsageOfTokens);

        Assert.Single(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("Encoder, Input(3), Gru(0), Decoder, Embedding(5, 2), Gru(3), Dense(5), CrossEntropy", "RNN1009")]
    [InlineData("Input(3), Gru(3), Decoder, Embedding(5, 2), Gru(3), Dense(5), CrossEntropy", "RNN1024")]
    [InlineData("Encoder, Input(3), Gru(3), Embedding(5, 2), Gru(3), Dense(5), CrossEntropy", "RNN1024")]
    [InlineData("Decoder, Embedding(5, 2), Gru(3), Dense(5), CrossEntropy, Encoder, Input(3), Gru(3)", "RNN1024")]
    [InlineData("Encoder, Gru(3), Decoder, Embedding(5, 2), Gru(3), Dense(5), CrossEntropy", "RNN1002")]
    [InlineData("Encoder, Input(3), Gru(3), Decoder, Gru(3), Dense(5), CrossEntropy", "RNN1002")]
    [InlineData("Encoder, Input(3), Gru(3), Decoder, Embedding(5, 2), Gru(4), Dense(5), CrossEntropy", "RNN1025")]
    [InlineData("Encoder, Input(3), Gru(3), Decoder, Embedding(5, 2), Gru(3), CrossEntropy", "RNN3001")]
    [InlineData("Encoder, Input(3), Gru(3), Decoder, Embedding(5, 2), Gru(3), CrossEntropy", "RNN3001", "float")]
    [InlineData("Encoder, Input(0), Gru(3), Decoder, Embedding(5, 2), Gru(3), Dense(5)", "RNN1009", "float")]
    [InlineData("", "RNN1024")]
    public void Mistake_InAnEncoderDecoderThatIsUsed_IsTheOnlyError(
        string layers, string id, string target = "int", string model = "EncoderDecoder") => IsTheOnlyError(
            string.Join(", ", new[] { model, layers }.Where(text => text.Length > 0)), id,
            UsageOfStacks.Replace("#source", "float").Replace("#target", "int").Replace("#goal", target));

    // Two stacks are meant as such, though the model is not declared so.
    [Fact]
    public void Mistake_OfStacksInASequenceModelThatIsUsed_IsTheOnlyError() =>
        Mistake_InAnEncoderDecoderThatIsUsed_IsTheOnlyError(
            "Encoder, Input(3), Gru(3), Decoder, Embedding(5, 2), Gru(3), Dense(5), CrossEntropy", "RNN1024",
            model: "SequenceModel");

    // The other head's targets are no more in doubt than before.
    [Theory]
    [InlineData("int")]
    [InlineData("float")]
    public void Mistake_InAHeadThatIsUsed_IsTheOnlyError(string target) => IsTheOnlyError(
        "SequenceModel, Input(3), Rnn(5), CrossEntropy(Name = \"tag\"), From(\"rnn\"), Last, Dense(2), "
            + "MeanSquaredError(Name = \"mood\")",
        "RNN3001",
        $$"""
        using RnnGen;
        namespace Example;
        internal static class Program
        {
            internal static float Use(float[] inputs, {{target}}[] tags, float[] moods)
            {
                var model = new Broken();
                model.Forward(inputs, 2, new float[Broken.TagOutputSize], new float[Broken.MoodOutputSize]);
                using Broken.State state = model.CreateState();
                float[] row = [.. model.Step(inputs, state), .. state.TagOutputs, .. state.MoodOutputs];
                using Broken.Trainer trainer = model.CreateTrainer();
                return trainer.Step(inputs, tags, moods, sequences: 2) + trainer.Evaluate(inputs, tags, moods, [2, 1]);
            }
        }
        """);

    // The shell is another part of the class, so that the compiler says at the class that it must be partial.
    [Theory]
    [InlineData("# sealed class Broken;", "Broken")]
    [InlineData("# class Broken { public static int Answer => 42; }", "Broken")]
    public void Word_Partial_ForgottenInAModelThatIsUsed_IsTheOnlyError(string declaration, string place) =>
        LacksPartial(
            "using RnnGen; namespace Example; " + declaration.Replace("#", Sound), [place], UsageOfTokens);

    [Theory]
    [InlineData(
        "public partial struct Outer { public static class Middle { # public partial class Model; } }", "Middle")]
    [InlineData("public class Outer { record Middle { # class Model; } }", "Outer", "Middle", "Model")]
    public void Word_Partial_ForgottenAroundAModel_IsOneErrorEach(string declaration, params string[] places) =>
        LacksPartial("using RnnGen; " + declaration.Replace("#", Sound), places);

    [Theory]
    [InlineData("[Embedding(9, 3), Lstm(3), Dense(9), CrossEntropy]", "RNN0018")]
    [InlineData("[Lstm(3), Dense(9), CrossEntropy] [Embedding(9, 3)]", "RNN0018")]
    public void Attribute_SequenceModel_ForgottenInAModelThatIsUsed_IsTheOnlyError(string layers, string id)
    {
        var run = GeneratorHarness.Run(
            $"using RnnGen; namespace Example; {layers} partial class Broken;", UsageOfTokens);

        Assert.Equal(id, Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void Attribute_SequenceModel_Misspelt_IsTheCompilersAffair()
    {
        var run = GeneratorHarness.Run(
            "using RnnGen; namespace Example; [SequenceModle, Embedding(9, 3), Lstm(3), Dense(9), CrossEntropy] "
                + "partial class Broken;", UsageOfTokens);

        Assert.Empty(run.Diagnostics);
        Assert.All(run.CompilerDiagnostics, diagnostic => Assert.Equal("CS0246", diagnostic.Id));
    }

    [Theory]
    // Who wrote the wrong loss has targets for the right one.
    [InlineData("Input(1), Rnn(2), Dense(1), CrossEntropy", "float", "float", "RNN3002")]
    [InlineData("Input(1), Rnn(2), Dense(1), CrossEntropy", "float", "int", "RNN3002")]
    [InlineData("Embedding(9, 2), Rnn(2), CrossEntropy", "int", "float", "RNN3001")]
    [InlineData("Embedding(9, 2), Rnn(2), Activation(Activation.Tanh), CrossEntropy", "int", "float", "RNN3001")]
    [InlineData("Input(1), Rnn(2), Dense(3), CrossEntropy, MeanSquaredError", "float", "float", "RNN1007")]
    [InlineData("Input(1), Rnn(2), Dense(3), MeanSquaredError, CrossEntropy", "float", "int", "RNN1007")]
    [InlineData("Input(0), Rnn(2), Dense(3)", "float", "int", "RNN1009")]
    [InlineData("Rnn(2), Dense(3), MeanSquaredError", "int", "float", "RNN1002")]
    [InlineData("Rnn(2), Dense(3), CrossEntropy", "float", "int", "RNN1002")]
    public void Trainer_OfAModelWithTheWrongLossOrNoInput_TakesAllData(
        string layers, string input, string target, string id)
    {
        var run = GeneratorHarness.Run($$"""
            using RnnGen;
            [SequenceModel, {{layers}}] public partial class Model;
            internal static class Program
            {
                internal static float Use({{input}}[] inputs, {{target}}[] targets)
                {
                    using Model.Trainer trainer = new Model(seed: 1).CreateTrainer();
                    var data = SequenceData.Windows(inputs, targets);
                    TrainingReport report = trainer.Fit(data, epochs: 5, data);
                    float loss = trainer.Step(inputs, targets, 2) + trainer.Evaluate(inputs, targets, [1, 1]);
                    return loss + trainer.ComputeGradients(inputs, targets, sequences: 2) + (float)report.TrainLoss;
                }
            }
            """);

        Assert.Equal(id, Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.CompilerDiagnostics);
    }

    private static void IsTheOnlyError(string attributes, string id, string usage)
    {
        var run = GeneratorHarness.Run(
            $"using RnnGen; namespace Example; [{attributes}] partial class Broken;", usage);

        Assert.Equal(id, Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.CompilerDiagnostics);
    }

    private static void LacksPartial(string source, string[] places, params string[] others)
    {
        var run = GeneratorHarness.Run([source, .. others]);
        Assert.Empty(run.Diagnostics);
        Assert.All(run.CompilerDiagnostics, diagnostic => Assert.Equal("CS0260", diagnostic.Id));
        Assert.Equal(
            places,
            run.CompilerDiagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic =>
                source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)));
    }
}
