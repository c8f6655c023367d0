using RnnGen;

namespace PronounceSample;

/// <summary>
/// Reads the letters of a word both ways and gives its phonemes, looking back at the letters for each (Bahdanau et al.
/// 2015).
/// </summary>
[EncoderDecoder(
    SourceSteps = 28, TargetSteps = 29, Batch = 64, Start = 39, End = 40, Bridge = Bridge.Learned)]
[Encoder]
[Embedding(vocabulary: 29, size: 64)]
[Dropout(0.2f)]
[Gru(192, Bidirectional = true)]
[Dropout(0.3f)]
[Decoder]
[Embedding(vocabulary: 41, size: 64)]
[Dropout(0.2f)]
[Attention(AttentionScore.Additive, size: 128)]
[Gru(384)]
[Dropout(0.3f)]
[Dense(41)]
[CrossEntropy]
public sealed partial class Pronouncer;
