namespace RnnGen.Numerics.Tests.Models;

// Both ways: nothing goes on from the window before.
[SequenceModel(Steps = 4, Batch = 3, Precision = Precision.Double)]
[Input(2), Gru(5, Bidirectional = true), Dense(2), MeanSquaredError]
public sealed partial class WindowedBothWays;
