namespace RnnGen.Generator.Tests.Snapshots.Layers;

/// <summary>One small model for each layer, and for each of its options.</summary>
public sealed class LayerSnapshotTests
{
    [Theory]
    [InlineData("Input", "Input(3), Dense(2), MeanSquaredError")]
    [InlineData("InputGradient", "Input(3, Gradient = true), Rnn(5), Dense(2), MeanSquaredError")]
    [InlineData("Embedding", "Embedding(7, 3), Dense(7), CrossEntropy")]
    [InlineData("Bidirectional", "Input(3), Gru(5, Bidirectional = true), Dense(2), MeanSquaredError")]
    [InlineData("Stacked", "Input(3), Rnn(5, Layers = 2, Dropout = 0.25f), Dense(2), MeanSquaredError")]
    [InlineData("DenseRelu", "Input(3), Dense(5, Activation = Activation.Relu), Dense(2), MeanSquaredError")]
    [InlineData("DenseTanh", "Input(3), Dense(5, Activation = Activation.Tanh), Dense(2), MeanSquaredError")]
    [InlineData("DenseSigmoid", "Input(3), Dense(5, Activation = Activation.Sigmoid), Dense(2), MeanSquaredError")]
    [InlineData("DenseWide", "Input(3), Dense(70), Dense(2), CrossEntropy")]
    [InlineData("Last", "Input(3), Rnn(5), Last, Dense(2), CrossEntropy")]
    [InlineData("Mean", "Input(3), Rnn(5), Mean, Dense(2), CrossEntropy")]
    [InlineData("Max", "Input(3), Rnn(5), Max, Dense(2), CrossEntropy")]
    [InlineData("Residual", "Input(5), Rnn(5, Layers = 2, Residual = true), Dense(2), MeanSquaredError")]
    [InlineData("DenseWithoutBias", "Input(3), Dense(5, Bias = false), MeanSquaredError")]
    [InlineData("LstmWithoutBias", "Input(3), Lstm(5, Bias = false), Dense(2), MeanSquaredError")]
    [InlineData("GruWithoutBias", "Input(3), Gru(5, ResetAfter = true, Bias = false), Dense(2), MeanSquaredError")]
    [InlineData("Projection", "Input(3), Lstm(5, Projection = 3), Dense(2), MeanSquaredError")]
    [InlineData("LearnedState", "Input(3), Lstm(5, LearnedState = true), Dense(2), MeanSquaredError")]
    [InlineData("Activation", "Input(3), Rnn(5), Activation(Activation.Relu), Dense(2), MeanSquaredError")]
    [InlineData("Add", "Input(3), Dense(5), Rnn(5), Add(\"dense\"), Dense(2), MeanSquaredError")]
    [InlineData("Concatenate", "Input(3), Rnn(5), Concatenate(\"input\"), Dense(2), MeanSquaredError")]
    [InlineData(
        "From",
        "Input(3), Rnn(5, Name = \"trunk\"), Last, From(\"trunk\"), Max, Concatenate(\"last\"), Dense(2), "
            + "CrossEntropy")]
    [InlineData(
        "Heads",
        "Input(3), Rnn(5), Dense(4), CrossEntropy(Name = \"tag\"), From(\"rnn\"), Last, Dense(2), "
            + "MeanSquaredError(Name = \"mood\", Weight = 0.5)")]
    [InlineData("LayerNorm", "Input(3), Rnn(17), LayerNorm, Dense(2), MeanSquaredError")]
    [InlineData(
        "LayerNormOptions", "Input(3), Rnn(5), LayerNorm(Epsilon = 0.001, Bias = false), Dense(2), MeanSquaredError")]
    [InlineData("Dropout", "Input(3), Rnn(5), Dropout(0.5f), Dense(2), MeanSquaredError")]
    public void Layer_OddSizes(string name, string layers) => SnapshotFile.Match(SnapshotModel.OneTarget(layers), name);
}
