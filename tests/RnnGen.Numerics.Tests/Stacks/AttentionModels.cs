namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>Asks by the state before (Bahdanau et al. 2015).</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(vocabulary: 9, size: 4), Gru(5)]
[Decoder, Embedding(vocabulary: 7, size: 3), Attention(AttentionScore.Additive, 6), Gru(5), Dense(7), CrossEntropy]
public sealed partial class AdditiveBefore;

/// <summary>Asks by the result (Luong et al. 2015).</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(vocabulary: 9, size: 4), Lstm(5)]
[Decoder, Embedding(vocabulary: 7, size: 3), Lstm(5), Attention(AttentionScore.General), Dense(7), CrossEntropy]
public sealed partial class GeneralAfter;

/// <summary>Feeds back what it made of rows and result.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(vocabulary: 9, size: 4), Lstm(5, Layers = 2)]
[Decoder, Embedding(vocabulary: 7, size: 3), Lstm(5, Layers = 2, Residual = false)]
[Attention(AttentionScore.Dot, 4, InputFeeding = true), Dense(7), CrossEntropy]
public sealed partial class DotFed;
