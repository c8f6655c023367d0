namespace RnnGen.TargetCheck.Models;

// One for each built-in cell, in single precision; sizes that no vector divides, with whole vectors and panels in them.

[SequenceModel(Steps = 8, Batch = 7)]
[Input(3), Rnn(19, Layers = 2), Dense(2), MeanSquaredError]
internal sealed partial class RnnModel;

[SequenceModel(Steps = 8, Batch = 7)]
[Input(3), Lstm(21), Dense(3, Activation = Activation.Tanh), MeanSquaredError]
internal sealed partial class LstmModel;

[SequenceModel(Steps = 8, Batch = 7)]
[Input(5), Gru(23), Dense(6, Activation = Activation.Sigmoid), Dense(2), MeanSquaredError]
internal sealed partial class GruModel;

[SequenceModel(Steps = 8, Batch = 7)]
[Input(3), Gru(37, ResetAfter = true), Dense(2), MeanSquaredError]
internal sealed partial class ResetAfterModel;

[SequenceModel(Steps = 8, Batch = 7)]
[Input(3), PeepholeLstm(17), Dense(9, Activation = Activation.Relu), Dense(2), MeanSquaredError]
internal sealed partial class PeepholeLstmModel;

[SequenceModel(Steps = 8, Batch = 7)]
[Input(6), Lstm(11, Bidirectional = true), Gru(13, Bidirectional = true), Max, Dense(5), CrossEntropy]
internal sealed partial class BothWaysModel;

[SequenceModel(Steps = 8, Batch = 12)]
[Embedding(vocabulary: 37, size: 20), Lstm(70, Layers = 2, Dropout = 0.1f), Dense(37), CrossEntropy]
internal sealed partial class TokensModel;
