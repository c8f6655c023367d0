namespace RnnGen.Numerics.Tests.Stacks;

[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Gru(3)]
[Decoder, Embedding(7, 3), Attention(AttentionScore.Dot), Gru(3), Dense(7), CrossEntropy]
public sealed partial class DotBefore;

[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Lstm(13)]
[Decoder, Embedding(7, 3), Lstm(13), Attention(AttentionScore.Dot, 5), Dense(7), CrossEntropy]
public sealed partial class DotAfter;

/// <summary>Several layers in one loop.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Lstm(5, Layers = 2)]
[Decoder, Embedding(7, 3), Lstm(5, Layers = 2), LayerNorm]
[Attention(AttentionScore.Dot, 4, InputFeeding = true), Dense(7), CrossEntropy]
public sealed partial class DotFed;

/// <summary>An encoder that reads from the end.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder(Reverse = true), Embedding(9, 4), Lstm(13, Layers = 2)]
[Decoder, Embedding(7, 3), Attention(AttentionScore.ScaledDot), Lstm(13, Layers = 2), Dense(7), CrossEntropy]
public sealed partial class ScaledDotBefore;

[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), PeepholeLstm(3)]
[Decoder, Embedding(7, 3), PeepholeLstm(3), Attention(AttentionScore.ScaledDot), Dense(7), CrossEntropy]
public sealed partial class ScaledDotAfter;

/// <summary>One unit, and nothing to start from.</summary>
[EncoderDecoder(
    SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Bridge = Bridge.None,
    Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Gru(1)]
[Decoder, Embedding(7, 3), Gru(1), Attention(AttentionScore.ScaledDot, InputFeeding = true), Dense(7), CrossEntropy]
public sealed partial class ScaledDotFed;

/// <summary>Both directions of the encoder, whose states are padded and come side by side.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), PeepholeLstm(3, Bidirectional = true)]
[Decoder, Embedding(7, 3), Attention(AttentionScore.General), PeepholeLstm(6), Dense(7), CrossEntropy]
public sealed partial class GeneralBefore;

/// <summary>Stacks that have nothing in common but a bridge.</summary>
[EncoderDecoder(
    SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Bridge = Bridge.Learned,
    Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Lstm(3, Bidirectional = true, Layers = 2)]
[Decoder, Embedding(7, 3), Rnn(5, Layers = 3), Attention(AttentionScore.General), Dense(7), CrossEntropy]
public sealed partial class GeneralAfter;

/// <summary>A projected state in the loop, to whose readers an earlier layer belongs.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Lstm(5, Projection = 3)]
[Decoder, Embedding(7, 3), Lstm(5, Projection = 3)]
[Attention(AttentionScore.General, 2, InputFeeding = true), Dense(7), CrossEntropy]
public sealed partial class GeneralFed;

[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Lstm(5, Projection = 3)]
[Decoder, Embedding(7, 3), Attention(AttentionScore.Additive, 6), Lstm(5, Projection = 3), Dense(7), CrossEntropy]
public sealed partial class AdditiveBefore;

/// <summary>One unit; the rows that are attended to are projected, and everything fed back.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Rnn(1)]
[Decoder, Embedding(7, 3), Rnn(1)]
[Attention(AttentionScore.Additive, 3, InputFeeding = true), Dense(7), CrossEntropy]
public sealed partial class AdditiveFed;

/// <summary>The shape of GNMT (Wu et al. 2016).</summary>
[EncoderDecoder(
    SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Bridge = Bridge.None,
    Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Lstm(2, Bidirectional = true), Lstm(4), Lstm(4, Layers = 6, Residual = true)]
[Decoder, Embedding(7, 3), Attention(AttentionScore.Additive, Name = "attention"), Lstm(4)]
[Lstm(4, Context = "attention"), Lstm(4, Layers = 6, Residual = true, Context = "attention"), Dense(7), CrossEntropy]
public sealed partial class Gnmt;

/// <summary>Linear layers in front of both, whose gradients would take the place of their rows.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Gru(5), Dense(6)]
[Decoder, Embedding(7, 3), Gru(5), Dense(6), Attention(AttentionScore.Dot), Dense(7), CrossEntropy]
public sealed partial class DenseAround;

/// <summary>Linear layers and cells of two kinds within a loop.</summary>
[EncoderDecoder(
    SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Bridge = Bridge.Learned,
    Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Lstm(5)]
[Decoder, Embedding(7, 3), Gru(5), Dense(6), Dense(9), Lstm(8)]
[Attention(AttentionScore.Additive, 4, InputFeeding = true), Dense(7), CrossEntropy]
public sealed partial class DenseFed;

/// <summary>Projected states both ways, side by side, whose rows are attended to.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Lstm(8, Bidirectional = true, Projection = 2)]
[Decoder, Embedding(7, 3), Lstm(16, Projection = 4), Attention(AttentionScore.General), Dense(7), CrossEntropy]
public sealed partial class ProjectedAround;

/// <summary>The layers of one attribute read the context, the first of them as the one right below.</summary>
[EncoderDecoder(
    SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Bridge = Bridge.Learned,
    Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Gru(3)]
[Decoder, Embedding(7, 3), Attention(AttentionScore.Additive, Name = "attention")]
[Gru(4, Layers = 3, Context = "attention"), Dense(7), CrossEntropy]
public sealed partial class ContextBelow;

/// <summary>Attention on either side of a layer, each with a score of its own.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), PeepholeLstm(3)]
[Decoder, Embedding(7, 3), Attention(AttentionScore.Additive, 4, Name = "lower"), PeepholeLstm(3)]
[Attention(AttentionScore.Dot, Name = "upper"), Dense(7), CrossEntropy]
public sealed partial class TwoOfPeepholes;

/// <summary>Two contexts of scores that have no weights, the upper one with its row in fewer numbers.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Rnn(3)]
[Decoder, Embedding(7, 3), Attention(AttentionScore.Dot, Name = "lower"), Rnn(3)]
[Attention(AttentionScore.ScaledDot, 4, Name = "upper"), Dense(7), CrossEntropy]
public sealed partial class TwoOfTanh;

/// <summary>More units than any vector of them holds, by one.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Gru(33, ResetAfter = true)]
[Decoder, Embedding(7, 3), Attention(AttentionScore.General, Name = "lower"), Gru(33, ResetAfter = true)]
[Attention(AttentionScore.Additive, 33, Name = "upper"), Dense(7), CrossEntropy]
public sealed partial class TwoOfMany;

/// <summary>The tokens' rows are read once more, behind the layer that multiplies them.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Gru(5)]
[Decoder, Embedding(7, 5), Gru(5, Residual = true), Attention(AttentionScore.Dot), Dense(7), CrossEntropy]
public sealed partial class ResidualTokens;

/// <summary>The same of rows that are dropped out in training.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Gru(5)]
[Decoder, Embedding(7, 5), Dropout(0.4f), Gru(5, Residual = true), Attention(AttentionScore.Dot)]
[Dense(7), CrossEntropy]
public sealed partial class DroppedTokens;

/// <summary>Several groups of gates: rows of one step would lie on those of the encoder, were they let to.</summary>
[EncoderDecoder(SourceSteps = 20, TargetSteps = 20, Batch = 16, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(9, 32), Lstm(64)]
[Decoder, Embedding(7, 32), Lstm(64), Attention(AttentionScore.General), Dense(7), CrossEntropy]
public sealed partial class WideAfter;

/// <summary>DotFed, which is told what to read.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Precision = Precision.Double)]
[Encoder, Embedding(9, 4), Lstm(5, Layers = 2)]
[Decoder, Embedding(7, 3), Lstm(5, Layers = 2), LayerNorm]
[Attention(AttentionScore.Dot, 4, InputFeeding = true), Dense(7), CrossEntropy]
public sealed partial class ToldDotFed;
