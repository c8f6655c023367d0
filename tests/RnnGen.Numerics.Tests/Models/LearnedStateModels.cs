namespace RnnGen.Numerics.Tests.Models;

// Sequences that start from weights, where nothing else is given.

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(5, Layers = 2, LearnedState = true), Dense(2), MeanSquaredError]
public sealed partial class LearnedLstm;

// The same layers, and other tensors: files of one are none of the other.
[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(5, Layers = 2), Dense(2), MeanSquaredError]
public sealed partial class UnlearnedLstm;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 14), PeepholeLstm(33, Projection = 7, Bidirectional = true, LearnedState = true)]
[Lstm(7, Bidirectional = true, Layers = 2, Residual = true, LearnedState = true), Last, Dense(5), CrossEntropy]
public sealed partial class LearnedBothWays;

// One layer of two learns.
[SequenceModel(Steps = 7, Batch = 4, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 6), Gru(33, ResetAfter = true), Gru(1, LearnedState = true), Dense(9), CrossEntropy]
public sealed partial class LearnedAbove;

[SequenceModel(Steps = 7, Batch = 4)]
[Embedding(vocabulary: 9, size: 6), Gru(35, LearnedState = true, Layers = 2, Dropout = 0.2f), Dense(9), CrossEntropy]
public sealed partial class LearnedSingle;
