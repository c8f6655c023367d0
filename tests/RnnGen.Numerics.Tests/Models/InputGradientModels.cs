namespace RnnGen.Numerics.Tests.Models;

// First layers of every kind write the gradient of the inputs.

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3, Gradient = true), Lstm(7, Layers = 2), Dense(4), MeanSquaredError]
public sealed partial class InputGradientLstm;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(5, Gradient = true), Gru(6, Bidirectional = true, ResetAfter = true), Last, Dense(4), CrossEntropy]
public sealed partial class InputGradientBothWays;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(17, Gradient = true), PeepholeLstm(33, Projection = 17, Residual = true), Dense(2), MeanSquaredError]
public sealed partial class InputGradientProjected;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3, Gradient = true), Dense(20, Activation = Activation.Tanh), Gru(4), Dense(2), MeanSquaredError]
public sealed partial class InputGradientWide;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(18, Gradient = true), Dense(3), Rnn(5), Dense(2), MeanSquaredError]
public sealed partial class InputGradientNarrow;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(5, Gradient = true), Dropout(0.3f), Rnn(4), Dense(3), CrossEntropy]
public sealed partial class InputGradientDropout;

// Several layers read the inputs, one of them through dropout.
[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(5, Gradient = true), Dropout(0.3f), Rnn(4), Concatenate("input"), Dense(5), Add("input")]
[Activation(Activation.Sigmoid), MeanSquaredError]
public sealed partial class InputGradientShared;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(5, Gradient = true), Last, Dense(2, Name = "end"), From("input"), Max, Concatenate("end")]
[From("input"), Mean, Concatenate("concatenate"), Dense(3), CrossEntropy]
public sealed partial class InputGradientPools;

// One reader each, which stores the gradient.
[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(5, Gradient = true), Last, Dense(3), MeanSquaredError]
public sealed partial class InputGradientLast;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(5, Gradient = true), Max, Dense(3), MeanSquaredError]
public sealed partial class InputGradientMax;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(5, Gradient = true), Mean, Dense(3), MeanSquaredError]
public sealed partial class InputGradientMean;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(5, Gradient = true, Name = "x"), Activation(Activation.Tanh), Add("x"), Dense(2), MeanSquaredError]
public sealed partial class InputGradientSum;

[SequenceModel(Steps = 6, Batch = 5)]
[Input(3, Gradient = true), Lstm(7), Dense(4), MeanSquaredError]
public sealed partial class InputGradientSingle;

// The same without.
[SequenceModel(Steps = 6, Batch = 5)]
[Input(3), Lstm(7), Dense(4), MeanSquaredError]
public sealed partial class NoInputGradientSingle;
