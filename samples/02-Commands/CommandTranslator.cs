using RnnGen;

namespace CommandSample;

/// <summary>
/// Reads a command and gives the actions that it stands for. Of all models that Lake and Baroni 2018 tried, an LSTM of
/// these sizes without attention was the best overall.
/// </summary>
[EncoderDecoder(SourceSteps = 9, TargetSteps = 49, Batch = 8, Start = 6, End = 7)]
[Encoder]
[Embedding(vocabulary: 13, size: 200)]
[Lstm(200, Layers = 2, Dropout = 0.5f)]
[Decoder]
[Embedding(vocabulary: 8, size: 200)]
[Lstm(200, Layers = 2, Dropout = 0.5f)]
[Dense(8)]
[CrossEntropy]
public sealed partial class CommandTranslator;
