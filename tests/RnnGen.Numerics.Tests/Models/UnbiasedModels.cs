namespace RnnGen.Numerics.Tests.Models;

// Layers without biases: sums start from zeros.

[SequenceModel(Steps = 6, Batch = 5)]
[Input(3), Gru(5, Layers = 2, Bias = false), Dense(4, Bias = false), MeanSquaredError]
public sealed partial class Unbiased;

// The same layers with biases.
[SequenceModel(Steps = 6, Batch = 5)]
[Input(3), Gru(5, Layers = 2), Dense(4), MeanSquaredError]
public sealed partial class Biased;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Dense(20, Bias = false, Activation = Activation.Tanh), Dense(4, Bias = false)]
[Lstm(7, Layers = 2, Bias = false), Dense(6, Bias = false), Dense(2), MeanSquaredError]
public sealed partial class UnbiasedLstm;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(33, Layers = 2, Bias = false), Rnn(20, Bias = false, Activation = Activation.Relu)]
[Dense(3, Bias = false, Activation = Activation.Sigmoid), MeanSquaredError]
public sealed partial class UnbiasedGru;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 6), Gru(7, ResetAfter = true, Layers = 2, Bidirectional = true, Bias = false)]
[Mean, Dense(5, Bias = false), CrossEntropy]
public sealed partial class UnbiasedBothWays;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(9, ResetAfter = true, Bias = false), PeepholeLstm(33, Projection = 9, Residual = true, Bias = false)]
[Dense(4, Bias = false), CrossEntropy]
public sealed partial class UnbiasedProjection;

[SequenceModel(Steps = 6, Batch = 5)]
[Input(5), Gru(70, ResetAfter = true, Bias = false), Lstm(80, Bias = false), Dense(3, Bias = false), CrossEntropy]
public sealed partial class UnbiasedSingle;
