namespace RnnGen.TargetCheck.Models;

// Every built-in cell in double, without maxima and rectifiers: their losses have all derivatives. Sizes ascend, so
// that the narrow layers' gradients come through all others.

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Rnn(1), Lstm(5, Layers = 2), Gru(7), Dense(3), MeanSquaredError]
internal sealed partial class DoubleModel;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 11, size: 5), PeepholeLstm(3), Dropout(0.25f), Gru(9, ResetAfter = true), Dense(11)]
[CrossEntropy]
internal sealed partial class DoubleTokensModel;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(5, Bidirectional = true), Rnn(7, Bidirectional = true), Mean, Dense(3), CrossEntropy]
internal sealed partial class DoubleBothWaysModel;
