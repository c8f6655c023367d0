namespace RnnGen.Benchmarks.Models;

// The GRU of Cho et al., RnnGen's default.

[SequenceModel(Steps = 100, Batch = 1)]
[Input(1), Gru(8), Dense(1), MeanSquaredError]
internal sealed partial class GruCho1X8;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(16), Gru(32), Dense(1), MeanSquaredError]
internal sealed partial class GruCho16X32;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(64), Gru(64), Dense(1), MeanSquaredError]
internal sealed partial class GruCho64X64;

[SequenceModel(Steps = 100, Batch = 1)]
[Input(128), Gru(128), Dense(1), MeanSquaredError]
internal sealed partial class GruCho128X128;
