namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>Mistakes that are independent are all reported; those that rest on others wait.</summary>
public sealed class SeveralMistakesTests
{
    [Fact]
    public void Mistakes_Independent_AreReportedInSourceOrder() => DiagnosticAssert.Reports(
        """
        using RnnGen;
        [SequenceModel([|Steps = 0|])]
        [Embedding([|0|], [|-1|])]
        [Lstm(3, Layers = 2, [|Dropout = 2|])]
        [Dense([|0|])]
        [CrossEntropy]
        public abstract partial class [|Model|];
        """,
        ("RNN2001", "Steps is 0: write 1 or more"),
        ("RNN1009", "'Embedding' has vocabulary 0: write 1 or more"),
        ("RNN1009", "'Embedding' has size -1: write 1 or more"),
        ("RNN2003", "'Lstm' has Dropout 2: write a probability of 0 or more and less than 1"),
        ("RNN1009", "'Dense' has size 0: write 1 or more"),
        ("RNN0004", "'Model' is abstract, so that no model could be made: take the word 'abstract' away"));

    [Fact]
    public void Models_Two_AreReportedBoth() => DiagnosticAssert.Reports(
        """
        using RnnGen;
        [SequenceModel, Input([|0|]), Rnn(2), Dense(1), MeanSquaredError] public partial class First;
        [SequenceModel, Input(1), Rnn([|0|]), Dense(1), MeanSquaredError] public partial class Second;
        [SequenceModel, Input(1), Rnn(2), Dense(1), MeanSquaredError] public partial class Third;
        """,
        ("RNN1009", "'Input' has features 0: write 1 or more"),
        ("RNN1009", "'Rnn' has size 0: write 1 or more"));

    [Theory]
    // What the compiler itself says about attributes is enough.
    [InlineData("[SequenceModel, Input(1), Lstm(\"3\"), Dense(1), MeanSquaredError]", "CS1503")]
    [InlineData("[SequenceModel, Input(1), Lstm, Dense(1), MeanSquaredError]", "CS7036")]
    [InlineData("[SequenceModel, Input(1), Lstm(Model.Size), Dense(1), MeanSquaredError]", "CS0182")]
    [InlineData("[SequenceModel, Input(1), Lstm(3), Dropout(0.5), Dense(1), MeanSquaredError]", "CS1503")]
    [InlineData("[SequenceModel, Input(1), Lstm(3, Units = 2), Dense(1), MeanSquaredError]", "CS0246")]
    [InlineData("[SequenceModel(Length = 2), Input(1), Lstm(3), Dense(1), MeanSquaredError]", "CS0246")]
    [InlineData("[SequenceModel, Inputt(1), Lstm(3), Dense(1), MeanSquaredError]", "CS0246", "CS0246")]
    [InlineData("[SequenceModel, SequenceModel, Input(1), Lstm(3), Dense(1), MeanSquaredError]", "CS0579")]
    public void Attributes_ThatDoNotCompile_AreTheCompilersAffair(string attributes, params string[] ids)
    {
        var run = GeneratorHarness.Run(
            $"using RnnGen; {attributes} public partial class Model {{ public static readonly int Size = 3; }}", Usage);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(ids, run.CompilerDiagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void SequenceModel_OnTwoParts_IsTheCompilersAffair()
    {
        var run = GeneratorHarness.Run(
            "using RnnGen; [SequenceModel, Input(1), Lstm(3), Dense(1), MeanSquaredError] public partial class Model;",
            "using RnnGen; [SequenceModel] public partial class Model;",
            Usage);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["CS0579"], run.CompilerDiagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void Part_NotPartialBesideOneThatIs_IsTheCompilersAffair()
    {
        var run = GeneratorHarness.Run(
            "using RnnGen; [SequenceModel, Input(1), Lstm(3), Dense(1), MeanSquaredError] public class Model;",
            "public partial class Model;",
            Usage);

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["CS0260"], run.CompilerDiagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("struct")]
    [InlineData("record struct")]
    public void Struct_IsTheCompilersAffair(string keyword)
    {
        var run = GeneratorHarness.Run(
            "using RnnGen; [SequenceModel, Input(1), Lstm(3), Dense(1), MeanSquaredError] "
                + $"public partial {keyword} Model;",
            Usage);

        Assert.Empty(run.Diagnostics);
        Assert.All(run.CompilerDiagnostics, diagnostic => Assert.Equal("CS0592", diagnostic.Id));
    }

    [Fact]
    public void BaseClass_ThatNeedsArguments_IsTheCompilersAffair()
    {
        var run = GeneratorHarness.Run(
            "using RnnGen; public class Named(string name) { public string Name => name; } "
                + "[SequenceModel, Input(1), Lstm(3), Dense(1), MeanSquaredError] public partial class Model : Named;");

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["CS7036"], run.CompilerDiagnostics.Select(diagnostic => diagnostic.Id));
    }

    /// <summary>Code that uses all of a model that reads features.</summary>
    private const string Usage =
        """
        internal static class Program
        {
            internal static float Use(float[] inputs, float[] targets)
            {
                var model = new Model(seed: 1);
                using var trainer = model.CreateTrainer(new RnnGen.TrainingOptions { ClipNorm = 1 });
                using var state = model.CreateState();
                model.Forward(inputs, new float[Model.Steps * Model.OutputSize]);
                model.Forward(inputs, Model.Batch, new float[Model.Steps * Model.Batch * Model.OutputSize]);
                model.Forward(inputs, [3, 1], new float[Model.Steps * Model.Batch * Model.OutputSize]);
                return trainer.Step(inputs, targets, Model.Batch) + model.Step(inputs, state)[0] / Model.ParameterCount;
            }
        }
        """;
}
