namespace RnnGen.Generator.Tests.Snapshots.Cells;

/// <summary>One small model for each cell, and for each of its options.</summary>
public sealed class CellSnapshotTests
{
    [Theory]
    [InlineData("Rnn", "Rnn(5)")]
    [InlineData("RnnRelu", "Rnn(5, Activation = Activation.Relu)")]
    [InlineData("Lstm", "Lstm(5)")]
    [InlineData("PeepholeLstm", "PeepholeLstm(5)")]
    [InlineData("Gru", "Gru(5)")]
    [InlineData("GruResetAfter", "Gru(5, ResetAfter = true)")]
    public void Cell_OddSizes(string name, string layer) =>
        SnapshotFile.Match(SnapshotModel.OneTarget($"Input(3), {layer}, Dense(2), MeanSquaredError"), name);
}
