namespace RnnGen.Numerics.Tests.Heads;

/// <summary>A head for every step and one for every sequence, over one recurrent layer.</summary>
[SequenceModel(Steps = 7, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(5, Bidirectional = true, Name = "rnn")]
[Dense(4, Name = "tag_head"), CrossEntropy(Name = "tag", Weight = 0.7)]
[From("rnn"), Last, Dense(2, Name = "mood_head", Activation = Activation.Tanh)]
[MeanSquaredError(Name = "mood", Weight = 2)]
internal sealed partial class TwoHeads;

/// <summary>The first head alone.</summary>
[SequenceModel(Steps = 7, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(5, Bidirectional = true, Name = "rnn")]
[Dense(4, Name = "tag_head"), CrossEntropy]
internal sealed partial class TagHead;

/// <summary>The second head alone.</summary>
[SequenceModel(Steps = 7, Batch = 5, Precision = Precision.Double)]
[Input(3), Gru(5, Bidirectional = true, Name = "rnn")]
[Last, Dense(2, Name = "mood_head", Activation = Activation.Tanh), MeanSquaredError]
internal sealed partial class MoodHead;

/// <summary>Three losses, two of them over the same rows, and one over rows of the recurrent layer itself.</summary>
[SequenceModel(Steps = 6, Batch = 4, Precision = Precision.Double)]
[Embedding(9, 4), Lstm(3, Name = "rnn"), MeanSquaredError(Name = "hidden", Weight = 0.5)]
[From("rnn"), Dense(5, Name = "head"), CrossEntropy(Name = "next")]
[From("head"), MeanSquaredError(Name = "logits", Weight = 0.25)]
internal sealed partial class ThreeLosses;

/// <summary>Two heads in a stream, in single precision.</summary>
[SequenceModel(Steps = 9, Batch = 3)]
[Input(2), Lstm(7, Name = "rnn"), Dense(3, Name = "a"), MeanSquaredError(Name = "first")]
[From("rnn"), Dense(17, Name = "b"), CrossEntropy(Name = "second")]
internal sealed partial class StreamedHeads;

/// <summary>As Reference/reference.py builds it of PyTorch's layers.</summary>
[SequenceModel(Steps = 6, Batch = 5, Precision = Precision.Double)]
[Input(3), Lstm(5, Bidirectional = true, Name = "rnn")]
[Dense(4, Name = "tag_head"), CrossEntropy(Name = "tag", Weight = 0.7)]
[From("rnn"), Last, Dense(2, Name = "mood_head", Activation = Activation.Tanh)]
[MeanSquaredError(Name = "mood", Weight = 2)]
internal sealed partial class TorchHeads;
