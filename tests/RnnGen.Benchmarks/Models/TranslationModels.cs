namespace RnnGen.Benchmarks.Models;

// The cell as PyTorch has it, so that it can compute the same.

[EncoderDecoder(SourceSteps = 20, TargetSteps = 20, Batch = 64, Start = 48, End = 49)]
[Encoder, Embedding(vocabulary: 50, size: 256), Gru(256, ResetAfter = true)]
[Decoder, Embedding(vocabulary: 50, size: 256), Gru(256, ResetAfter = true), Dense(50)]
[CrossEntropy]
internal sealed partial class Translator;

[EncoderDecoder(SourceSteps = 20, TargetSteps = 20, Batch = 64, Start = 48, End = 49)]
[Encoder, Embedding(vocabulary: 50, size: 256), Gru(256, ResetAfter = true)]
[Decoder, Embedding(vocabulary: 50, size: 256)]
[Attention(AttentionScore.Additive, size: 256), Gru(256, ResetAfter = true), Dense(50)]
[CrossEntropy]
internal sealed partial class AttentiveTranslator;
