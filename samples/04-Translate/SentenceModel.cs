using RnnGen;

namespace TranslateSample;

/// <summary>
/// Reads an English sentence in both directions and gives a French one, word by word: attention as in Luong et al.
/// 2015, with input feeding.
/// </summary>
[EncoderDecoder(SourceSteps = 32, TargetSteps = 40, Batch = 64, Start = 1, End = 2)]
[Encoder]
[Embedding(vocabulary: 5000, size: 128)]
[Dropout(0.2f)]
[Gru(128, Bidirectional = true)]
[Decoder]
[Embedding(vocabulary: 6000, size: 128)]
[Dropout(0.2f)]
[Gru(256)]
[Attention(AttentionScore.General, InputFeeding = true)]
[Dropout(0.3f)]
[Dense(6000)]
[CrossEntropy]
public sealed partial class SentenceModel;
