using RnnGen.Benchmarks.Cases;

namespace RnnGen.Benchmarks.Models;

// A loss that costs little, so that the recurrent layers are what is timed.

[SequenceModel(Steps = 32, Batch = 32)]
[Input(32), Lstm(64), Dense(8), MeanSquaredError]
internal sealed partial class TrainB32T32Lstm32X64 : ITrainedModel<TrainB32T32Lstm32X64.Trainer>;

[SequenceModel(Steps = 50, Batch = 32)]
[Input(64), Lstm(128), Dense(8), MeanSquaredError]
internal sealed partial class TrainB32T50Lstm64X128 : ITrainedModel<TrainB32T50Lstm64X128.Trainer>;

[SequenceModel(Steps = 50, Batch = 32)]
[Input(128), Lstm(256, Layers = 2), Dense(8), MeanSquaredError]
internal sealed partial class TrainB32T50Lstm128X256Deep : ITrainedModel<TrainB32T50Lstm128X256Deep.Trainer>;

[SequenceModel(Steps = 50, Batch = 32)]
[Input(128), Lstm(256, Layers = 2, Bidirectional = true), Dense(8), MeanSquaredError]
internal sealed partial class TrainB32T50Lstm128X256BothWays : ITrainedModel<TrainB32T50Lstm128X256BothWays.Trainer>;

[SequenceModel(Steps = 20, Batch = 20)]
[Input(200), Lstm(200, Layers = 2), Dense(8), MeanSquaredError]
internal sealed partial class TrainB20T20Lstm200X200Deep : ITrainedModel<TrainB20T20Lstm200X200Deep.Trainer>;

[SequenceModel(Steps = 35, Batch = 20)]
[Input(650), Lstm(650, Layers = 2), Dense(8), MeanSquaredError]
internal sealed partial class TrainB20T35Lstm650X650Deep : ITrainedModel<TrainB20T35Lstm650X650Deep.Trainer>;
