namespace RnnGen.Numerics.Tests.Models;

// Layers whose units meet in the means of a row: rows of less than a vector, of one more number than whole vectors, and
// of several; with one reader and with several, per step and per sequence.

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(5), LayerNorm, Dense(2), MeanSquaredError]
public sealed partial class NormalizedLstm;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 6), Gru(5, Bidirectional = true), LayerNorm, Rnn(33), LayerNorm(Name = "wide")]
[Dense(4), CrossEntropy]
public sealed partial class NormalizedBothWays;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(7, Bidirectional = true), Last, LayerNorm, Dense(16), LayerNorm, Dense(4), CrossEntropy]
public sealed partial class NormalizedLast;

// A transformer's block: normalised before, added after; and the rows of a linear layer, whose gradient would lie in
// their own place.
[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Dense(17, Name = "front"), LayerNorm, Rnn(17), Add("front"), LayerNorm, Dense(33)]
[LayerNorm(Epsilon = 0.01, Bias = false), Activation(Activation.Tanh), Dense(2), MeanSquaredError]
public sealed partial class NormalizedResidual;

// The features themselves have no gradient; the outputs are judged as they are.
[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(5), LayerNorm, Dense(5), Add("layer_norm"), LayerNorm, MeanSquaredError]
public sealed partial class NormalizedInput;

[SequenceModel(Steps = 6, Batch = 5)]
[Input(5), LayerNorm, Gru(71), LayerNorm, Dropout(0.2f), Dense(3), CrossEntropy]
public sealed partial class NormalizedSingle;
