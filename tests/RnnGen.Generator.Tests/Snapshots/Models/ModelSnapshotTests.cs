namespace RnnGen.Generator.Tests.Snapshots.Models;

/// <summary>What a model's own options, and its declaration, do to its files.</summary>
public sealed class ModelSnapshotTests
{
    private const string Layers = "Embedding(9, 3), Lstm(5), Dense(9), CrossEntropy";

    [Fact]
    public void Model_AllTargets() => SnapshotFile.Match(SnapshotModel.AllTargets(Layers));

    [Fact]
    public void Model_DoublePrecision() =>
        SnapshotFile.Match(SnapshotModel.OneTarget(Layers, ", Precision = Precision.Double"));

    [Fact]
    public void Model_WeightsBeyondACache() => SnapshotFile.Match(
        SnapshotModel.OneTarget("Input(16), Lstm(96), Dense(2), MeanSquaredError"));

    // Products with all rows take such matrices in blocks, and gradients of such rows are copied.
    [Fact]
    public void Model_LargeMatrices() => SnapshotFile.Match(
        SnapshotModel.OneTarget("Input(4), Gru(224, Layers = 2), Dense(1100), CrossEntropy"));

    // Cut in depth, where sums start from a bias, and from what the other direction left.
    [Fact]
    public void Model_LargeMatricesBothWays() => SnapshotFile.Match(
        SnapshotModel.OneTarget("Embedding(9, 520), Gru(300, Bidirectional = true), Dense(2), CrossEntropy"));

    // One loop of a step takes input and recurrent weights.
    [Fact]
    public void Model_JoinedStep() => SnapshotFile.Match(
        SnapshotModel.OneTarget("Input(100), Lstm(64), Dense(2)"));

    // Each stack along a time of its own; the decoder starts from what the encoder ends in.
    [Fact]
    public void Model_EncoderDecoder() => SnapshotFile.Match(GeneratorHarness.Run(
        """
        using RnnGen;

        [EncoderDecoder(SourceSteps = 6, TargetSteps = 5, Batch = 3)]
        [Encoder, Embedding(9, 3), Lstm(5)]
        [Decoder, Embedding(7, 3), Lstm(5), Dense(7), CrossEntropy]
        public sealed partial class Model;
        """).AssertCompiles().Files.Where(SnapshotModel.IsShown));

    // It reads what it has given.
    [Fact]
    public void Model_Decoder() => SnapshotFile.Match(GeneratorHarness.Run(
        """
        using RnnGen;

        [EncoderDecoder(SourceSteps = 6, TargetSteps = 5, Batch = 3, Start = 1, End = 2)]
        [Encoder, Embedding(9, 3), Gru(5)]
        [Decoder, Embedding(7, 3), Gru(5), Dense(7), CrossEntropy]
        public sealed partial class Model;
        """).AssertCompiles().Files.Where(SnapshotModel.IsShown));

    [Fact]
    public void Model_NoLoss() => SnapshotFile.Match(SnapshotModel.OneTarget("Input(3), Rnn(5), Dense(2)"));

    [Fact]
    public void Model_Nested() => SnapshotFile.Match(GeneratorHarness.Run(
        """
        using RnnGen;
        namespace Outside.Inside;
        public static partial class Outer
        {
            internal partial record struct Middle
            {
                [SequenceModel(Steps = 6, Batch = 3), Input(3), Rnn(5), Dense(2), MeanSquaredError]
                internal sealed partial class Model;
            }
        }
        """).AssertCompiles().Files.Where(SnapshotModel.IsShown));

    [Fact]
    public void Model_Invalid() => SnapshotFile.Match(GeneratorHarness.Run(
        """
        using RnnGen;
        [SequenceModel(Steps = 6, Batch = 3), Input(3), Rnn(0), Dense(2), MeanSquaredError]
        public sealed partial class Model;
        """).Files);

    [Fact]
    public void Model_InvalidEncoderDecoder() => SnapshotFile.Match(GeneratorHarness.Run(
        """
        using RnnGen;
        [EncoderDecoder(SourceSteps = 6, TargetSteps = 5, Batch = 3)]
        [Encoder, Embedding(9, 3), Lstm(5)]
        [Decoder, Embedding(7, 3), Lstm(4), Dense(7), CrossEntropy]
        public sealed partial class Model;
        """).Files);
}
