namespace RnnGen.Generator.Tests.Emission;

/// <summary>What weight files will record of layers: cells, their options, functions.</summary>
public sealed class RecordedOptionTests
{
    [Fact]
    public void Options_OfAnyLayer_AreRecordedWithTheCellInTheOrderOfTheEquations()
    {
        var options = "[RnnGen.Cells.AssumedInFilesAttribute(Form.Round)] Form shape = Form.Flat, bool biased = true";
        var run = GeneratorHarness.Run(Source(options)).AssertCompiles();
        Assert.Contains(
            """
                public override ImmutableArray<RecordedOption> Options { get; } =
                [
                    new RecordedOption
                    {
                        Layer = "first.leaky",
                        Name = "Cell",
                        Value = "global::Leaky",
                    },
                    new RecordedOption
                    {
                        Layer = "first.leaky",
                        Name = "Residual",
                        Value = "false",
                    },
                    new RecordedOption
                    {
                        Layer = "first.leaky",
                        Name = "Shape",
                        Value = "Flat",
                        EnumName = "Form",
                        Assumed = "Round",
                    },
                    new RecordedOption
                    {
                        Layer = "first.leaky",
                        Name = "Biased",
                        Value = "true",
                    },
                    new RecordedOption
                    {
                        Layer = "leaky",
                        Name = "Cell",
                        Value = "global::Leaky",
                    },
                    new RecordedOption
                    {
                        Layer = "leaky",
                        Name = "Residual",
                        Value = "true",
                    },
                    new RecordedOption
                    {
                        Layer = "leaky",
                        Name = "Shape",
                        Value = "Round",
                        EnumName = "Form",
                        Assumed = "Round",
                    },
                    new RecordedOption
                    {
                        Layer = "leaky",
                        Name = "Biased",
                        Value = "false",
                    },
                    new RecordedOption
                    {
                        Layer = "dense",
                        Name = "Activation",
                        Value = "Sigmoid",
                        EnumName = "Activation",
                    },
                    new RecordedOption
                    {
                        Layer = "dense1",
                        Name = "Activation",
                        Value = "Linear",
                        EnumName = "Activation",
                    },
                ];
            """,
            run["Avx2.g.cs"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OfModelWithoutAny_AreNotMentioned() => Assert.DoesNotContain(
        "RecordedOption",
        GeneratorHarness.Run(
            """
            using RnnGen;
            [SequenceModel, Embedding(5, 3), Activation(Activation.Tanh), Last]
            public sealed partial class Model;
            """).AssertCompiles()["Avx2.g.cs"],
        StringComparison.Ordinal);

    // Equations that look at the layer's own flag record it once.
    [Fact]
    public void Option_ThatIsTheLayersOwn_IsRecordedOnce()
    {
        var run = GeneratorHarness.Run(Source("Form shape = Form.Flat, bool biased = true, bool residual = false"));
        var residual = run.AssertCompiles()["Avx2.g.cs"].Split("Name = \"Residual\"");
        Assert.Equal(3, residual.Length);
        Assert.Contains("Value = \"true\"", residual[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form shape = default, bool biased = true", "default")]
    [InlineData("Form shape = (Form)1, bool biased = true", "(Form)1")]
    [InlineData("[AssumedInFiles(1)] Form shape = Form.Flat, bool biased = true", "1")]
    public void Option_NotInWords_IsUnreadable(string options, string text) =>
        AssertUnreadable(options, $"'{text}': an option is true, false or a member of an enum");

    [Theory]
    [InlineData("bool cell = true")]
    [InlineData("bool Cell = true")]
    public void Option_CalledLikeTheRecordOfTheCell_IsUnreadable(string option) => AssertUnreadable(
        $"Form shape = Form.Flat, bool biased = true, {option}",
        $"'{option}': weight files record the cell itself as 'Cell': name the option otherwise");

    // By both layers.
    private static void AssertUnreadable(string options, string reason) => Assert.Equal(
        [.. Enumerable.Repeat($"The equations of 'Leaky' cannot be read: {reason}", 2)],
        GeneratorHarness.Run(Source(options)).Diagnostics.Select(diagnostic => diagnostic.GetMessage()));

    // Options behind the gate; the first layer takes the defaults, the second chooses.
    private static string Source(string options) =>
        $$"""
        using RnnGen;
        using RnnGen.Cells;
        public enum Form { Flat, Round }
        public sealed class LeakyAttribute(int size) : RecurrentAttribute<Leaky>(size)
        {
            public Form Shape { get; set; }
            public bool Biased { get; set; } = true;
        }
        public sealed class Leaky : ICell
        {
            public static Vector Step(Input x, Vector hidden, Gate gate, {{options}})
            {
                var sum = biased ? gate[x, hidden] + 1 : gate[x, hidden];
                return shape == Form.Round ? Functions.Tanh(sum) : Functions.Relu(sum);
            }
        }
        [SequenceModel, Input(3)]
        [Leaky(4, Name = "first.leaky"), Leaky(4, Shape = Form.Round, Biased = false, Residual = true)]
        [Dense(4, Activation = Activation.Sigmoid), Dense(1), MeanSquaredError]
        public sealed partial class Model;
        """;
}
