namespace RnnGen.Benchmarks.Models;

// A loss that costs little, so that the recurrent layers are what is timed.

[SequenceModel(Steps = 32, Batch = 32)]
[Input(32), Lstm(64), Dense(8), MeanSquaredError]
internal sealed partial class TrainB32T32Lstm32X64;

[SequenceModel(Steps = 50, Batch = 32)]
[Input(64), Lstm(128), Dense(8), MeanSquaredError]
internal sealed partial class TrainB32T50Lstm64X128;

[SequenceModel(Steps = 50, Batch = 32)]
[Input(128), Lstm(256, Layers = 2), Dense(8), MeanSquaredError]
internal sealed partial class TrainB32T50Lstm128X256Deep;

[SequenceModel(Steps = 50, Batch = 32)]
[Input(128), Lstm(256, Layers = 2, Bidirectional = true), Dense(8), MeanSquaredError]
internal sealed partial class TrainB32T50Lstm128X256BothWays;

[SequenceModel(Steps = 20, Batch = 20)]
[Input(200), Lstm(200, Layers = 2), Dense(8), MeanSquaredError]
internal sealed partial class TrainB20T20Lstm200X200Deep;

[SequenceModel(Steps = 35, Batch = 20)]
[Input(650), Lstm(650, Layers = 2), Dense(8), MeanSquaredError]
internal sealed partial class TrainB20T35Lstm650X650Deep;
