namespace RnnGen.Samples.Tests.Readme;

#region readme-forecaster
[SequenceModel(Steps = 48, Batch = 16)]
[Input(features: 3)]
[Gru(32)]
[Dense(1)]
[MeanSquaredError]
public sealed partial class TemperatureForecaster;
#endregion

#region readme-classifier
[SequenceModel(Steps = 20, Batch = 64)]
[Embedding(vocabulary: 60, size: 32)]
[Gru(64, Bidirectional = true)]
[Last]
[Dense(18)]
[CrossEntropy]
public sealed partial class NameOrigin;
#endregion
