namespace RnnGen.Numerics.Tests.Models;

// Layers around and between the cells, in double.

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Dense(5, Activation = Activation.Tanh), Lstm(9, Name = "front"), Dense(6, Activation = Activation.Relu)]
[Gru(8, Layers = 2), Dense(4, Activation = Activation.Sigmoid, Name = "squeeze"), Rnn(3), Dense(2), MeanSquaredError]
public sealed partial class MixedStack;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Rnn(5), Dense(4), MeanSquaredError(Weight = 1.5)]
public sealed partial class WeightedLoss;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 6)]
[Lstm(9, Layers = 2, Dropout = 0.3f), Dropout(0.2f), Gru(7, Layers = 2, Dropout = 0.4f), Dropout(0.5f)]
[Dense(5), CrossEntropy]
public sealed partial class DropoutStack;

// Features have no padding, and what dropout leaves of them has.
[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Dropout(0.2f), Lstm(5), Concatenate("input"), Dense(7), Dense(2), MeanSquaredError]
public sealed partial class DropoutOfPaddedFeatures;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 6), Dropout(0.25f)]
[Gru(7, Layers = 2, Bidirectional = true, Dropout = 0.4f), Mean, Dropout(0.2f)]
[Dense(6, Activation = Activation.Tanh), Dense(5), CrossEntropy]
public sealed partial class DropoutBothWays;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), PeepholeLstm(7, Layers = 2, Bidirectional = true), Dense(4), CrossEntropy]
public sealed partial class PeepholeBothWays;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(7, Bidirectional = true), Lstm(5, Bidirectional = true), Max, Dense(4), MeanSquaredError]
public sealed partial class BothWaysMax;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(7), Last, Dense(6, Activation = Activation.Sigmoid), Dense(4), CrossEntropy]
public sealed partial class GruLast;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 6), PeepholeLstm(7), Mean, Dense(4), CrossEntropy]
public sealed partial class PeepholeMean;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(7), Max, Dense(4), MeanSquaredError]
public sealed partial class LstmMax;

// More units than a panel and more classes than a lane width divides.
[SequenceModel(Steps = 5, Batch = 7, Precision = Precision.Double)]
[Embedding(vocabulary: 37, size: 20), Lstm(70), Dense(37), CrossEntropy]
public sealed partial class WideLstm;

// No recurrent layer at all.
[SequenceModel(Steps = 4, Batch = 3, Precision = Precision.Double)]
[Input(5), Dense(7, Activation = Activation.Sigmoid), Dense(1, Activation = Activation.Tanh), MeanSquaredError]
public sealed partial class DenseOnly;

// Rows with several readers: each of them sends a part of the gradient.

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Dense(7, Name = "front"), Lstm(7, Layers = 3, Residual = true), Add("front"), Dense(2), MeanSquaredError]
public sealed partial class ResidualStack;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 10), Gru(5, Layers = 2, Bidirectional = true, Residual = true, Dropout = 0.3f)]
[Add("embedding"), Mean, Dense(5), CrossEntropy]
public sealed partial class ResidualBothWays;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3, Name = "measured"), Lstm(6), Dropout(0.3f), Concatenate("lstm"), Activation(Activation.Tanh)]
[Concatenate("measured"), Rnn(4), Concatenate("activation"), Dense(4, Activation = Activation.Sigmoid), Dense(3)]
[MeanSquaredError]
public sealed partial class ConcatenatedRows;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 17), Gru(17, Name = "trunk"), Last, Dense(4, Name = "last")]
[From("trunk"), Max, Dense(1, Name = "peak"), Concatenate("last"), From("trunk"), Mean, Concatenate("concatenate")]
[Activation(Activation.Relu), Dense(4), CrossEntropy]
public sealed partial class BranchedPools;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(20), Dense(20, Name = "a"), Dense(2, Name = "narrow"), From("a"), Dense(3, Name = "other"), Dropout(0f)]
[Concatenate("narrow"), Activation(Activation.Sigmoid), Add("activation"), Dense(1), MeanSquaredError]
public sealed partial class BranchedDense;

// A hidden state that is projected before the next step and the layer above read it.

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(9, Projection = 4), Dense(2), MeanSquaredError]
public sealed partial class ProjectedLstm;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 6), Lstm(13, Layers = 2, Bidirectional = true, Projection = 3, Dropout = 0.2f)]
[Rnn(20, Projection = 17), Dense(5), CrossEntropy]
public sealed partial class ProjectedBothWays;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), PeepholeLstm(33, Projection = 3, Layers = 3, Residual = true), Max, Dense(4), MeanSquaredError]
public sealed partial class ProjectedResidual;

[SequenceModel(Steps = 6, Batch = 5)]
[Input(5), Lstm(70, Projection = 30), Dense(3), CrossEntropy]
public sealed partial class ProjectedSingle;

// The last row of a direction from end to start is that of the first step, through layers that keep columns apart.

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(5, Bidirectional = true), Activation(Activation.Tanh), Concatenate("gru"), Concatenate("input")]
[Last, Dense(4), MeanSquaredError]
public sealed partial class LastOfColumns;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 10), Lstm(5, Bidirectional = true, Residual = true, Layers = 2), Dropout(0.2f)]
[From("lstm"), Add("embedding"), Concatenate("dropout"), Last, Dense(3), CrossEntropy]
public sealed partial class LastOfSums;

// A loss on rows that no dense layer makes.

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(5, Bidirectional = true), MeanSquaredError]
public sealed partial class LossOnBothWays;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(4), Dense(3), Add("input"), Activation(Activation.Sigmoid), MeanSquaredError]
public sealed partial class LossOnSums;
