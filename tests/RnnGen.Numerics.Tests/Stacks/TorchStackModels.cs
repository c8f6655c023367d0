namespace RnnGen.Numerics.Tests.Stacks;

// The models that Reference/reference_stacks.py builds of PyTorch's layers; names and sizes must agree with it.

/// <summary>Sutskever et al. 2014.</summary>
[EncoderDecoder(SourceSteps = 7, TargetSteps = 6, Batch = 4, Start = 0, End = 1, Precision = Precision.Double)]
[Encoder(Reverse = true), Embedding(9, 5), Lstm(6, Layers = 2)]
[Decoder, Embedding(8, 5), Lstm(6, Layers = 2), Dense(8), CrossEntropy]
public sealed partial class TorchSutskever;

// Bahdanau et al. 2015, in README, too.
#region readme-bahdanau
[EncoderDecoder(
    SourceSteps = 7, TargetSteps = 6, Batch = 4, Start = 0, End = 1, Bridge = Bridge.Learned,
    Precision = Precision.Double)]
[Encoder, Embedding(9, 6), Gru(5, ResetAfter = true, Bidirectional = true)]
[Decoder, Embedding(8, 5), Attention(AttentionScore.Additive, 6), Gru(7, ResetAfter = true), Dense(8), CrossEntropy]
public sealed partial class TorchBahdanau;
#endregion

/// <summary>Luong et al. 2015, with both directions of the encoder.</summary>
[EncoderDecoder(SourceSteps = 7, TargetSteps = 6, Batch = 4, Start = 0, End = 1, Precision = Precision.Double)]
[Encoder, Embedding(9, 5), Lstm(4, Layers = 2, Bidirectional = true)]
[Decoder, Embedding(7, 6), Lstm(8, Layers = 2), Attention(AttentionScore.General, 5, InputFeeding = true)]
[Dense(7), CrossEntropy]
public sealed partial class TorchLuong;

/// <summary>The shape of GNMT (Wu et al. 2016).</summary>
[EncoderDecoder(
    SourceSteps = 7, TargetSteps = 6, Batch = 4, Start = 0, End = 1, Bridge = Bridge.None,
    Precision = Precision.Double)]
[Encoder, Embedding(9, 5), Lstm(3, Bidirectional = true), Lstm(6), Lstm(6, Residual = true)]
[Decoder, Embedding(7, 5), Attention(AttentionScore.Additive, Name = "attention"), Lstm(6)]
[Lstm(6, Context = "attention"), Lstm(6, Residual = true, Context = "attention"), Dense(7), CrossEntropy]
public sealed partial class TorchGnmt;
