using System.Text.RegularExpressions;

namespace RnnGen.Generator.Tests.Emission;

/// <summary>What documentation says of a model is true of that model.</summary>
public sealed class FaceTextTests
{
    private const string Carried = "or for what is carried";

    [Theory]
    [InlineData("Gru(3, Name = \"trunk\")", true)]
    [InlineData("Gru(3, Bidirectional = true, Name = \"trunk\")", false)]
    [InlineData("Dense(3, Name = \"trunk\")", false)]
    public void Heads_SpeakOfCarriedStates_WhereTheyCanBeCarried(string trunk, bool isCarried) => Assert.Equal(
        isCarried,
        Face($"SequenceModel, Input(2), {trunk}, Dense(3), CrossEntropy(Name = \"tag\"), From(\"trunk\"), Dense(2), "
            + "MeanSquaredError").Contains(Carried, StringComparison.Ordinal));

    [Fact]
    public void EncoderDecoder_DoesNotSpeakOfCarriedStates() => Assert.DoesNotContain(
        Carried,
        Face("EncoderDecoder, Encoder, Input(2), Gru(3), Decoder, Input(1), Gru(3), Dense(1), MeanSquaredError"),
        StringComparison.Ordinal);

    // Sentences on one line.
    private static string Face(string attributes) => Regex.Replace(
        GeneratorHarness.Run($"using RnnGen; [{attributes}] public partial class Model;")["Model.g.cs"],
        @"\s*\n\s*/// ", " ");
}
