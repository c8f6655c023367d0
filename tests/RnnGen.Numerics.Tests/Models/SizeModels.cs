namespace RnnGen.Numerics.Tests.Models;

// Every cell × 1 and 2 layers × 1, 3, 7, 13 and 33 units, in double. Two models a cell, with the sizes one behind the
// other: one compilation checks five. Sizes ascend, so that the narrow layers' gradients come through all others.
// 13 sequences of 7 steps: as sequences end, steps with every number of rows from 13 down to 1 occur.

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2), Rnn(1), Rnn(3, Layers = 2), Rnn(7), Rnn(13, Layers = 2), Rnn(33), Dense(2), MeanSquaredError]
public sealed partial class RnnSizesOdd;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2), Rnn(1, Layers = 2), Rnn(3), Rnn(7, Layers = 2), Rnn(13), Rnn(33, Layers = 2), Dense(2), MeanSquaredError]
public sealed partial class RnnSizesEven;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2)]
[Rnn(1, Activation = Activation.Relu)]
[Rnn(3, Layers = 2, Activation = Activation.Relu)]
[Rnn(7, Activation = Activation.Relu)]
[Rnn(13, Layers = 2, Activation = Activation.Relu)]
[Rnn(33, Activation = Activation.Relu)]
[Dense(2), MeanSquaredError]
public sealed partial class ReluSizesOdd;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2)]
[Rnn(1, Layers = 2, Activation = Activation.Relu)]
[Rnn(3, Activation = Activation.Relu)]
[Rnn(7, Layers = 2, Activation = Activation.Relu)]
[Rnn(13, Activation = Activation.Relu)]
[Rnn(33, Layers = 2, Activation = Activation.Relu)]
[Dense(2), MeanSquaredError]
public sealed partial class ReluSizesEven;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2), Lstm(1), Lstm(3, Layers = 2), Lstm(7), Lstm(13, Layers = 2), Lstm(33), Dense(2), MeanSquaredError]
public sealed partial class LstmSizesOdd;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2), Lstm(1, Layers = 2), Lstm(3), Lstm(7, Layers = 2), Lstm(13), Lstm(33, Layers = 2)]
[Dense(2), MeanSquaredError]
public sealed partial class LstmSizesEven;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2)]
[PeepholeLstm(1), PeepholeLstm(3, Layers = 2), PeepholeLstm(7), PeepholeLstm(13, Layers = 2), PeepholeLstm(33)]
[Dense(2), MeanSquaredError]
public sealed partial class PeepholeSizesOdd;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2), PeepholeLstm(1, Layers = 2), PeepholeLstm(3), PeepholeLstm(7, Layers = 2)]
[PeepholeLstm(13), PeepholeLstm(33, Layers = 2)]
[Dense(2), MeanSquaredError]
public sealed partial class PeepholeSizesEven;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2), Gru(1), Gru(3, Layers = 2), Gru(7), Gru(13, Layers = 2), Gru(33), Dense(2), MeanSquaredError]
public sealed partial class GruSizesOdd;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2), Gru(1, Layers = 2), Gru(3), Gru(7, Layers = 2), Gru(13), Gru(33, Layers = 2), Dense(2), MeanSquaredError]
public sealed partial class GruSizesEven;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2)]
[Gru(1, ResetAfter = true)]
[Gru(3, Layers = 2, ResetAfter = true)]
[Gru(7, ResetAfter = true)]
[Gru(13, Layers = 2, ResetAfter = true)]
[Gru(33, ResetAfter = true)]
[Dense(2), MeanSquaredError]
public sealed partial class ResetAfterSizesOdd;

[SequenceModel(Steps = 7, Batch = 13, Precision = Precision.Double)]
[Input(2)]
[Gru(1, Layers = 2, ResetAfter = true)]
[Gru(3, ResetAfter = true)]
[Gru(7, Layers = 2, ResetAfter = true)]
[Gru(13, ResetAfter = true)]
[Gru(33, Layers = 2, ResetAfter = true)]
[Dense(2), MeanSquaredError]
public sealed partial class ResetAfterSizesEven;

// Matrices of more than half a megabyte, which products take in blocks: of columns, of depth, and of whole segments.
[SequenceModel(Steps = 2, Batch = 3, Precision = Precision.Double)]
[Input(2), Gru(176, Layers = 2), Dense(520, Activation = Activation.Tanh), Dense(2), MeanSquaredError]
public sealed partial class LargeMatrices;

// Cuts of depth that start from a bias, and from what the other direction left in the target.
[SequenceModel(Steps = 2, Batch = 3, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 520), Gru(176, Bidirectional = true)]
[Dense(530, Activation = Activation.Tanh), Dense(2), MeanSquaredError]
public sealed partial class LargeMatricesBothWays;

// In single precision, with more rows than a block has.
[SequenceModel(Steps = 4, Batch = 26)]
[Input(2), Gru(224, Layers = 2), Dense(1100, Activation = Activation.Tanh), Dense(2), MeanSquaredError]
public sealed partial class LargeMatricesSingle;
