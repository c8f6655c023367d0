namespace RnnGen.Numerics.Tests.Metrics;

/// <summary>Repeats tokens backwards; dropout, so that training draws.</summary>
[EncoderDecoder(SourceSteps = 6, TargetSteps = 8, Batch = 6, Start = 4, End = 5)]
[Encoder, Embedding(vocabulary: 6, size: 8), Dropout(0.1f), Lstm(17)]
[Decoder, Embedding(vocabulary: 6, size: 8), Lstm(17), Dropout(0.1f), Dense(6), CrossEntropy]
internal sealed partial class Reverser;

/// <summary>Numbers in, tokens out.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Start = 0, End = 1, Precision = Precision.Double)]
[Encoder, Input(2), Gru(7)]
[Decoder, Embedding(vocabulary: 5, size: 3), Gru(7), Dense(5), CrossEntropy]
internal sealed partial class Listener;

/// <summary>Is told what to read, and does not decode.</summary>
[EncoderDecoder(SourceSteps = 5, TargetSteps = 6, Batch = 4, Precision = Precision.Double)]
[Encoder, Input(2), Gru(7)]
[Decoder, Embedding(vocabulary: 5, size: 3), Gru(7), Dense(5), CrossEntropy]
internal sealed partial class ToldListener;

/// <summary>Two heads of classes, for every step and for every sequence, and one of numbers.</summary>
[SequenceModel(Steps = 7, Batch = 5)]
[Embedding(vocabulary: 9, size: 5), Gru(19, Name = "rnn"), Dense(4, Name = "tag_head"), CrossEntropy(Name = "tag")]
[From("rnn"), Last, Dense(3, Name = "kind_head"), CrossEntropy(Name = "kind")]
[From("rnn"), Mean, Dense(1, Name = "mood_head"), MeanSquaredError(Name = "mood")]
internal sealed partial class Reader;

/// <summary>A text, with the state carried from window to window.</summary>
[SequenceModel(Steps = 5, Batch = 3, Precision = Precision.Double)]
[Embedding(vocabulary: 6, size: 4), Lstm(9), Dense(6), CrossEntropy]
internal sealed partial class Speller;
