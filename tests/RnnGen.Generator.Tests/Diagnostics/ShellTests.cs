using Microsoft.CodeAnalysis;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>What stands in for a model that could not be compiled: the mistake is the only error.</summary>
public sealed class ShellTests
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

    [Fact]
    public void Shell_NamesTheMistakes_InItsHeaderAndExceptions()
    {
        var run = GeneratorHarness.Run(
            "using RnnGen; [SequenceModel(Batch = 0), Input(0), Rnn(2), Dense(0), MeanSquaredError] "
                + "public partial class Model;");

        var text = Assert.Single(run.Files).Text;
        Assert.StartsWith("// <auto-generated/>\n// Model: could not be compiled, see RNN1009, RNN2001.\n", text);
        Assert.Contains("Exception(\n            \"Model could not be compiled, see RNN1009, RNN2001.\");\n", text);
    }

    [Fact]
    public void Shell_OfAModelInTypesAndKeywords_Compiles() => DiagnosticAssert.Reports(
        """
        using RnnGen;
        namespace My.@class.System;
        internal partial record struct Outer
        {
            public static partial class @event
            {
                [SequenceModel(Precision = Precision.Double), Input([|0|]), Rnn(2), Dense(2), MeanSquaredError]
                internal partial class @class;
            }
        }
        """,
        "RNN1009", "'Input' has features 0: write 1 or more");

    [Theory]
    [InlineData("Embedding(9, 3), Lstm(3), Dense(9), CrossEntropy")]
    [InlineData("Input(2), Lstm(3), Dense(9), MeanSquaredError")]
    [InlineData("Input(2), Gru(3, Bidirectional = true), Mean, Dense(9), CrossEntropy")]
    public void Shell_OfASoundModel_HasItsPublicMembers(string layers)
    {
        var source = $"using RnnGen; [SequenceModel, {layers}] public sealed partial class Model;";
        var sound = GeneratorHarness.Run(source).AssertCompiles();
        var check = (CheckedModel)Assert.Single(sound.OutputsOf(TrackingNames.Check)).Value;
        var finding = new Finding("RNN1009", Subject.Class, 0, null, EquatableArray<string>.Empty);
        var shell = InvalidModelEmitter.Emit(new CheckedModel(check.Spec, new([finding])));
        var compilation = GeneratorHarness.Compile(source, Assert.Single(shell).Text);

        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
        Assert.Empty(PublicMembers(sound.Compilation).Except(PublicMembers(compilation)));
    }

    private const string Sound = "[SequenceModel, Embedding(9, 3), Lstm(3), Dense(9), CrossEntropy]";

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

    private static IEnumerable<string> PublicMembers(Compilation compilation) => Members(compilation, "Model")
        .Where(member => member.DeclaredAccessibility == Accessibility.Public)
        .SelectMany(WithBaseAndMembers)
        .Select(member => member.ToDisplayString());

    private static IEnumerable<ISymbol> WithBaseAndMembers(ISymbol member) =>
        member is INamedTypeSymbol type ? [type, type.BaseType!, .. type.GetMembers()] : [member];

    private static IEnumerable<ISymbol> Members(Compilation compilation, string type) =>
        compilation.GetTypeByMetadataName(type)!.GetMembers();
}
