namespace RnnGen.Numerics.Tests.Models;

// The models that Reference/reference.py builds of PyTorch's layers; names and sizes must agree with it.

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(7, Layers = 2), Dense(4), MeanSquaredError]
public sealed partial class TorchLstm;

[SequenceModel(Steps = 6, Batch = 5)]
[Input(3), Lstm(7, Layers = 2), Dense(4), MeanSquaredError]
public sealed partial class TorchLstmSingle;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 11, size: 4), Lstm(5, Layers = 2, Bidirectional = true), Dense(6), CrossEntropy]
public sealed partial class TorchLstmBothWays;

[SequenceModel(Steps = 6, Batch = 5)]
[Embedding(vocabulary: 11, size: 4), Lstm(5, Layers = 2, Bidirectional = true), Dense(6), CrossEntropy]
public sealed partial class TorchLstmBothWaysSingle;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 11, size: 4), Gru(6, ResetAfter = true), Dense(6), CrossEntropy]
public sealed partial class TorchGru;

[SequenceModel(Steps = 6, Batch = 5)]
[Embedding(vocabulary: 11, size: 4), Gru(6, ResetAfter = true), Dense(6), CrossEntropy]
public sealed partial class TorchGruSingle;

// The tensors of TorchGru, and other equations: PyTorch's file must not load.
[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 11, size: 4), Gru(6), Dense(6), CrossEntropy]
public sealed partial class ResetBefore;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(5, Layers = 2, ResetAfter = true, Bidirectional = true), Last, Dense(4), CrossEntropy]
public sealed partial class TorchGruBothWaysLast;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Rnn(9, Layers = 2), Mean, Dense(5, Activation = Activation.Tanh), Dense(4), MeanSquaredError]
public sealed partial class TorchRnnMean;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Rnn(7, Activation = Activation.Relu, Bidirectional = true), Max, Dense(4), MeanSquaredError]
public sealed partial class TorchReluBothWaysMax;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(7, Layers = 2, Bidirectional = true, Projection = 3), Dense(4), MeanSquaredError]
public sealed partial class TorchLstmProjected;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Dense(8, Name = "front"), Lstm(4, Layers = 2, Bidirectional = true, Residual = true), Add("front")]
[Dense(4), MeanSquaredError]
public sealed partial class TorchResidual;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(7, Layers = 2, Bidirectional = true, Bias = false), Last, Dense(4, Bias = false), CrossEntropy]
public sealed partial class TorchLstmUnbiased;

[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Embedding(vocabulary: 11, size: 4), Gru(6, ResetAfter = true, Bias = false)]
[Dense(5, Activation = Activation.Tanh, Bias = false), Dense(6, Bias = false), CrossEntropy]
public sealed partial class TorchGruUnbiased;
