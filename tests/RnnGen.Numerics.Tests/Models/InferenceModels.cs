namespace RnnGen.Numerics.Tests.Models;

// Models without a loss, whose outputs no layer with weights has computed. What leaves a stream must be its own all the
// same.

[SequenceModel(Steps = 5, Batch = 4)]
[Embedding(vocabulary: 9, size: 5), Last]
public sealed partial class LatestRow;

[SequenceModel(Steps = 5, Batch = 4)]
[Input(5), Last]
public sealed partial class LatestFeatures;

[SequenceModel(Steps = 5, Batch = 4)]
[Input(5), Mean]
public sealed partial class RunningMean;

[SequenceModel(Steps = 5, Batch = 4)]
[Input(5), Max]
public sealed partial class RunningMaximum;
