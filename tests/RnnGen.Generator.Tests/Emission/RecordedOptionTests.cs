namespace RnnGen.Generator.Tests.Emission;

/// <summary>What weight files will record of cells' options.</summary>
public sealed class RecordedOptionTests
{
    [Fact]
    public void Options_OfAnyCell_AreRecordedByLayerInTheOrderOfTheEquations()
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
                ];
            """,
            run["Avx2.g.cs"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OfModelWithoutAny_AreNotMentioned() => Assert.DoesNotContain(
        "RecordedOption",
        GeneratorHarness.Run(Models.Character).AssertCompiles()["Avx2.g.cs"],
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Form shape = default, bool biased = true", "default")]
    [InlineData("Form shape = (Form)1, bool biased = true", "(Form)1")]
    [InlineData("[AssumedInFiles(1)] Form shape = Form.Flat, bool biased = true", "1")]
    public void Option_NotInWords_IsUnreadable(string options, string text) => Assert.Equal(
        [
            .. Enumerable.Repeat(
                "The equations of 'Leaky' cannot be read: "
                    + $"'{text}': an option is true, false or a member of an enum",
                2),
        ],
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
        [Leaky(4, Name = "first.leaky"), Leaky(4, Shape = Form.Round, Biased = false)]
        [Dense(1), MeanSquaredError]
        public sealed partial class Model;
        """;
}
