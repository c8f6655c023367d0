namespace RnnGen.Numerics.Tests.Stacks;

[EncoderDecoder(SourceSteps = 6, TargetSteps = 5, Batch = 4, Precision = Precision.Double)]
[Encoder, Embedding(vocabulary: 9, size: 4), Lstm(5, Layers = 2, Name = "lstm")]
[Decoder, Embedding(vocabulary: 7, size: 3), Lstm(5, Layers = 2, Name = "lstm"), Dense(7), CrossEntropy]
public sealed partial class Translator;

/// <summary>The translator's encoder as a model of its own.</summary>
[SequenceModel(Steps = 6, Batch = 4, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 4), Lstm(5, Layers = 2, Name = "lstm")]
public sealed partial class TranslatorEncoder;

/// <summary>The translator's decoder as a model of its own, which is given what it starts from.</summary>
[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Embedding(vocabulary: 7, size: 3), Lstm(5, Layers = 2, Name = "lstm"), Dense(7), CrossEntropy]
public sealed partial class TranslatorDecoder;

/// <summary>The translator for those who have its weights: nothing to train it by.</summary>
[EncoderDecoder(SourceSteps = 6, TargetSteps = 5, Batch = 4, Precision = Precision.Double)]
[Encoder, Embedding(vocabulary: 9, size: 4), Lstm(5, Layers = 2, Name = "lstm")]
[Decoder, Embedding(vocabulary: 7, size: 3), Lstm(5, Layers = 2, Name = "lstm"), Dense(7)]
public sealed partial class UntrainedTranslator;

/// <summary>Numbers, a cell with weight vectors in both directions, and two heads below the decoder.</summary>
[EncoderDecoder(SourceSteps = 4, TargetSteps = 7, Batch = 3, Precision = Precision.Double)]
[Encoder, Input(2), Dense(3, Activation = Activation.Tanh), PeepholeLstm(3, Bidirectional = true)]
[Decoder, Input(4), PeepholeLstm(3, Bidirectional = true, Name = "rnn"), Dense(2, Name = "head")]
[MeanSquaredError(Name = "value"), From("rnn"), Mean, Dense(3, Name = "kind_head"), CrossEntropy(Name = "kind")]
public sealed partial class Forecaster;

/// <summary>Dropout and a layer of one state, in single precision.</summary>
[EncoderDecoder(SourceSteps = 9, TargetSteps = 9, Batch = 5)]
[Encoder, Embedding(vocabulary: 6, size: 8), Dropout(0.2f), Gru(17)]
[Decoder, Embedding(vocabulary: 6, size: 8), Gru(17), Dropout(0.2f), Dense(6), CrossEntropy]
public sealed partial class Copier;

/// <summary>Decodes what it is trained on.</summary>
[EncoderDecoder(SourceSteps = 6, TargetSteps = 7, Batch = 6, Start = 1, End = 2, Precision = Precision.Double)]
[Encoder, Embedding(vocabulary: 9, size: 4), Lstm(5, Layers = 2, LearnedState = true)]
[Decoder, Embedding(vocabulary: 7, size: 3), Lstm(5, Layers = 2), Dense(7), CrossEntropy]
public sealed partial class Speaker;

/// <summary>The same, which is told what to read.</summary>
[EncoderDecoder(SourceSteps = 6, TargetSteps = 7, Batch = 6, Precision = Precision.Double)]
[Encoder, Embedding(vocabulary: 9, size: 4), Lstm(5, Layers = 2, LearnedState = true)]
[Decoder, Embedding(vocabulary: 7, size: 3), Lstm(5, Layers = 2), Dense(7), CrossEntropy]
public sealed partial class ToldSpeaker;

/// <summary>Few enough sequences to look at all of them.</summary>
[EncoderDecoder(SourceSteps = 3, TargetSteps = 3, Batch = 64, Start = 0, End = 0, Precision = Precision.Double)]
[Encoder, Input(2), Gru(3)]
[Decoder, Embedding(vocabulary: 4, size: 3), Gru(3), Dense(4)]
public sealed partial class ShortSpeaker;

/// <summary>In single precision, with features, dropout and a projection.</summary>
[EncoderDecoder(SourceSteps = 9, TargetSteps = 12, Batch = 5, Start = 4, End = 5)]
[Encoder, Embedding(vocabulary: 6, size: 8), Dropout(0.1f), Lstm(33, Projection = 17)]
[Decoder, Embedding(vocabulary: 6, size: 8), Lstm(33, Projection = 17), Dropout(0.1f), Dense(6), CrossEntropy]
public sealed partial class Parrot;
/// <summary>
/// Projected states, which a layer's readers and its own next step send gradients to, and the decoder.
/// </summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Precision = Precision.Double)]
[Encoder, Input(3), Lstm(5, Projection = 3, Layers = 2, Residual = true)]
[Decoder, Input(2), Lstm(5, Projection = 3, Layers = 2), Dense(2), MeanSquaredError]
public sealed partial class ProjectedPair;

/// <summary>The same both ways, with learned states.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Precision = Precision.Double)]
[Encoder, Embedding(vocabulary: 9, size: 4)]
[PeepholeLstm(9, Projection = 2, Bidirectional = true, Layers = 2, LearnedState = true)]
[Decoder, Embedding(vocabulary: 7, size: 3), PeepholeLstm(9, Projection = 2, Bidirectional = true, Layers = 2)]
[Dense(7), CrossEntropy]
public sealed partial class ProjectedPairBothWays;

/// <summary>An encoder whose rows a loss reads, beside the decoder.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Precision = Precision.Double)]
[Encoder, Input(3), Lstm(5, Projection = 3), MeanSquaredError(Name = "echo", Weight = 0.5)]
[Decoder, Input(2), Lstm(5, Projection = 3), Dense(2), MeanSquaredError(Name = "answer")]
public sealed partial class EchoingPair;
