namespace RnnGen.Numerics.Tests.Models;

// Models in single precision, the ones that users run: one per cell, small enough to learn an echo within a second, and
// some large enough for several threads.

[SequenceModel(Steps = 12, Batch = 8)]
[Input(1), Rnn(18), Dense(1), MeanSquaredError]
public sealed partial class EchoRnn;

[SequenceModel(Steps = 12, Batch = 8)]
[Input(1), Rnn(18, Activation = Activation.Relu), Dense(1), MeanSquaredError]
public sealed partial class EchoRelu;

[SequenceModel(Steps = 12, Batch = 8)]
[Input(1), Lstm(18), Dense(1), MeanSquaredError]
public sealed partial class EchoLstm;

[SequenceModel(Steps = 12, Batch = 8)]
[Input(1), PeepholeLstm(18), Dense(1), MeanSquaredError]
public sealed partial class EchoPeephole;

[SequenceModel(Steps = 12, Batch = 8)]
[Input(1), Gru(18), Dense(1), MeanSquaredError]
public sealed partial class EchoGru;

[SequenceModel(Steps = 12, Batch = 8)]
[Input(1), Gru(18, ResetAfter = true), Dense(1), MeanSquaredError]
public sealed partial class EchoResetAfter;

[SequenceModel(Steps = 12, Batch = 24)]
[Embedding(vocabulary: 37, size: 20), Lstm(70, Layers = 2, Dropout = 0.1f), Dense(37), CrossEntropy]
public sealed partial class Characters;

[SequenceModel(Steps = 12, Batch = 24)]
[Embedding(vocabulary: 50, size: 16), Gru(45, Layers = 2, Bidirectional = true, Dropout = 0.5f)]
[Dense(17), CrossEntropy]
public sealed partial class Tagger;

[SequenceModel(Steps = 10, Batch = 24)]
[Embedding(vocabulary: 30, size: 12), Lstm(50, Bidirectional = true), Max, Dense(18), CrossEntropy]
public sealed partial class NameOrigin;

[SequenceModel(Steps = 64, Batch = 64)]
[Input(1), Dense(1, Activation = Activation.Tanh), MeanSquaredError]
public sealed partial class TanhOnly;

[SequenceModel(Steps = 64, Batch = 64)]
[Input(1), Dense(1, Activation = Activation.Sigmoid), MeanSquaredError]
public sealed partial class SigmoidOnly;

[SequenceModel(Steps = 64, Batch = 64)]
[Input(1), Dense(1, Activation = Activation.Relu), MeanSquaredError]
public sealed partial class ReluOnly;

[SequenceModel(Steps = 64, Batch = 64)]
[Input(1), Rnn(1), Dense(1), MeanSquaredError]
public sealed partial class TanhCell;

[SequenceModel(Steps = 64, Batch = 64)]
[Input(1), Lstm(1), Dense(1), MeanSquaredError]
public sealed partial class ProductCell;
