namespace RnnGen.Numerics.Tests.Budgets;

// Declared for the size of their methods alone: the widest tiles, most slots, most operations and largest heads, and
// the smallest of all. They are compiled, not run.

[SequenceModel(Steps = 35, Batch = 20)]
[Embedding(vocabulary: 10_000, size: 650)]
[Lstm(650, Layers = 3, Bidirectional = true, Dropout = 0.5f), PeepholeLstm(1024), Gru(777, ResetAfter = true), Gru(512)]
[Dropout(0.5f), Dense(2048, Activation = Activation.Tanh), Mean, Dense(10_000), CrossEntropy]
public sealed partial class LargestModel;

[SequenceModel(Steps = 4, Batch = 4)]
[Input(features: 2048)]
[Lstm(1024, Layers = 8), Gru(1024, Layers = 4, ResetAfter = true), Rnn(1024, Layers = 4)]
[Dense(1024, Activation = Activation.Sigmoid), Dense(1024, Activation = Activation.Relu), Dense(4096), MeanSquaredError]
public sealed partial class DeepestModel;

[SequenceModel(Steps = 1, Batch = 1)]
[Input(features: 1), Rnn(1), Dense(1), MeanSquaredError]
public sealed partial class SmallestModel;
