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

    [Theory]
    [InlineData("Gru(3), Rnn(3)", "all zeros", "zeros")]
    [InlineData("Gru(3), Rnn(3, LearnedState = true)", "zeros, or as learned", "zeros or learned ones")]
    [InlineData("Gru(3, LearnedState = true), Rnn(3)", "zeros, or as learned", "zeros or learned ones")]
    [InlineData("Gru(3, LearnedState = true), Rnn(3, LearnedState = true)", "as learned", "the learned ones")]
    [InlineData("Dense(3)", "all zeros", "zeros")]
    public void States_AreAsManyLayersLearnThem(string layers, string made, string missing)
    {
        // The second one is refused: what users see of it says the same.
        foreach (string last in new[] { "Dense(1)", "Dense(0)" })
        {
            string face = Face($"SequenceModel, Input(2), {layers}, {last}, MeanSquaredError");
            Assert.Contains(
                $"Makes the states of some sequences, {made}: what", face, StringComparison.Ordinal);
            Assert.Contains($"Makes the state of a new stream: {made}.", face, StringComparison.Ordinal);
            Assert.Contains($"null for {missing}.</param>", face, StringComparison.Ordinal);
        }
    }

    // The decoder's states are the encoder's.
    [Theory]
    [InlineData("Gru(3, LearnedState = true), Rnn(3)", "zeros or learned ones")]
    [InlineData("Gru(3, LearnedState = true), Rnn(3, LearnedState = true)", "the learned ones")]
    public void EncoderDecoder_StatesAreAsManyEncoderLayersLearnThem(string encoder, string missing)
    {
        foreach (string last in new[] { "Dense(1)", "Dense(0)" })
        {
            Assert.Contains(
                $"null for {missing}.</param>",
                Face($"EncoderDecoder, Encoder, Input(2), {encoder}, Decoder, Input(1), Gru(3), Rnn(3), {last}, "
                    + "MeanSquaredError"),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Header_OfAnEncoderDecoder_TellsTheStepsOfBothStacks()
    {
        string face = Face(
            "EncoderDecoder(SourceSteps = 1_600, TargetSteps = 5, Batch = 3), Encoder, Input(2), Gru(3), Decoder, "
                + "Input(1), Gru(3), Dense(1), MeanSquaredError");

        // In the header, and in the summary.
        Assert.Equal(3, face.Split("at most 1,600 source steps, 5 target steps and 3 sequences, float").Length);
    }

    // Sentences on one line.
    private static string Face(string attributes) => Regex.Replace(
        GeneratorHarness.Run($"using RnnGen; [{attributes}] public partial class Model;")["Model.g.cs"],
        @"\s*\n\s*/// ", " ");
}
