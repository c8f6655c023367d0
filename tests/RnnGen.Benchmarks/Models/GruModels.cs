namespace RnnGen.Benchmarks.Models;

// The GRU that PyTorch, ONNX and Keras have: the reset gate after the matrix product.

[SequenceModel(Steps = 100, Batch = 1)]
[Input(1), Gru(8, ResetAfter = true), Dense(1), MeanSquaredError]
internal sealed partial class Gru1X8;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(1), Gru(16, ResetAfter = true), Dense(1), MeanSquaredError]
internal sealed partial class Gru1X16;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(1), Gru(32, ResetAfter = true), Dense(1), MeanSquaredError]
internal sealed partial class Gru1X32;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(1), Gru(64, ResetAfter = true), Dense(1), MeanSquaredError]
internal sealed partial class Gru1X64;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(16), Gru(32, ResetAfter = true), Dense(1), MeanSquaredError]
internal sealed partial class Gru16X32;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(64), Gru(64, ResetAfter = true), Dense(1), MeanSquaredError]
internal sealed partial class Gru64X64;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(128), Gru(128, ResetAfter = true), Dense(1), MeanSquaredError]
internal sealed partial class Gru128X128;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(256), Gru(256, ResetAfter = true), Dense(1), MeanSquaredError]
internal sealed partial class Gru256X256;
