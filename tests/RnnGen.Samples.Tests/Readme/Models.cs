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

#region readme-heads-model
[SequenceModel(Steps = 40, Batch = 16)]
[Embedding(vocabulary: 200, size: 24)]
[Gru(32)]
[Dense(9)]
[CrossEntropy(Name = "tag")]
[From("gru")]
[Last]
[Dense(1)]
[MeanSquaredError(Name = "mood", Weight = 0.5)]
public sealed partial class SentenceReader;
#endregion

#region readme-translator
[EncoderDecoder(SourceSteps = 30, TargetSteps = 40, Batch = 16, Start = 0, End = 1)]
[Encoder]
[Embedding(vocabulary: 120, size: 32)]
[Lstm(48, Layers = 2)]
[Decoder]
[Embedding(vocabulary: 90, size: 32)]
[Lstm(48, Layers = 2)]
[Dense(90)]
[CrossEntropy]
public sealed partial class Translator;
#endregion

#region readme-attention
[EncoderDecoder(SourceSteps = 24, TargetSteps = 26, Batch = 64, Start = 1, End = 2)]
[Encoder, Embedding(vocabulary: 32, size: 32), Gru(32, Bidirectional = true)]
[Decoder, Embedding(vocabulary: 74, size: 32), Attention(AttentionScore.Additive, size: 32), Gru(64), Dense(74)]
[CrossEntropy]
public sealed partial class Pronouncer;
#endregion
