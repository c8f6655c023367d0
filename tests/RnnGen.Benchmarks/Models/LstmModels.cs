namespace RnnGen.Benchmarks.Models;

// One LSTM layer and one output: streamed step by step, or run over one sequence.

[SequenceModel(Steps = 100, Batch = 1)]
[Input(1), Lstm(8), Dense(1), MeanSquaredError]
internal sealed partial class Lstm1X8;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(1), Lstm(16), Dense(1), MeanSquaredError]
internal sealed partial class Lstm1X16;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(1), Lstm(32), Dense(1), MeanSquaredError]
internal sealed partial class Lstm1X32;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(1), Lstm(64), Dense(1), MeanSquaredError]
internal sealed partial class Lstm1X64;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(16), Lstm(32), Dense(1), MeanSquaredError]
internal sealed partial class Lstm16X32;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(64), Lstm(64), Dense(1), MeanSquaredError]
internal sealed partial class Lstm64X64;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(128), Lstm(128), Dense(1), MeanSquaredError]
internal sealed partial class Lstm128X128;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(256), Lstm(256), Dense(1), MeanSquaredError]
internal sealed partial class Lstm256X256;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(128), Lstm(256), Dense(1), MeanSquaredError]
internal sealed partial class Lstm128X256;
