namespace RnnGen.Generator.Tests.Snapshots.Models;

/// <summary>Decoders with attention: each place that it has in a stack, each score, and what joins the stacks.
/// </summary>
public sealed class AttentionSnapshotTests
{
    // Bahdanau et al. 2015; the second layer reads the context, too.
    [Fact]
    public void Attention_Above() => Match(
        """
        [EncoderDecoder(SourceSteps = 6, TargetSteps = 5, Batch = 3, Start = 1, End = 2, Bridge = Bridge.Learned)]
        [Encoder, Embedding(9, 3), Gru(3, Bidirectional = true)]
        [Decoder, Embedding(7, 3), Attention(AttentionScore.Additive, 4, Name = "attention"), Gru(5)]
        [Gru(5, Context = "attention"), Dense(7), CrossEntropy]
        """);

    // Luong et al. 2015.
    [Fact]
    public void Attention_Fed() => Match(
        """
        [EncoderDecoder(SourceSteps = 6, TargetSteps = 5, Batch = 3, Start = 1, End = 2)]
        [Encoder(Reverse = true), Embedding(9, 3), Lstm(5)]
        [Decoder, Embedding(7, 3), Lstm(5), Attention(AttentionScore.General, InputFeeding = true), Dense(7)]
        [CrossEntropy]
        """);

    [Fact]
    public void Attention_Below() => Match(
        """
        [EncoderDecoder(SourceSteps = 6, TargetSteps = 5, Batch = 3, Bridge = Bridge.None)]
        [Encoder, Embedding(9, 3), Rnn(5)]
        [Decoder, Input(3), Rnn(5), Attention(AttentionScore.Dot, 3), Dense(5), Attention(AttentionScore.ScaledDot)]
        [Dense(2), MeanSquaredError]
        """);

    private static void Match(
        string attributes, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        SnapshotFile.Match(
            GeneratorHarness.Run($"""
                using RnnGen;

                {attributes}
                public sealed partial class Model;
                """).AssertCompiles().Files.Where(SnapshotModel.IsShown), method: method);
}
