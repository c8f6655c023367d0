namespace RnnGen.Benchmarks.Startup;

[SequenceModel(Steps = 1, Batch = 1)]
[Input(1), Lstm(8), Dense(1), MeanSquaredError]
internal sealed partial class Lstm1X8;

[SequenceModel(Steps = 1, Batch = 1)]
[Input(16), Lstm(32), Dense(1), MeanSquaredError]
internal sealed partial class Lstm16X32;

[SequenceModel(Steps = 1, Batch = 1)]
[Input(64), Lstm(64), Dense(1), MeanSquaredError]
internal sealed partial class Lstm64X64;

[SequenceModel(Steps = 1, Batch = 1)]
[Input(128), Lstm(128), Dense(1), MeanSquaredError]
internal sealed partial class Lstm128X128;
