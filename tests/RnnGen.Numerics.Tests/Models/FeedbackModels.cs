namespace RnnGen.Numerics.Tests.Models;

// Models as wide at the top as at the bottom, each of one layer: it reads its features while it writes the outputs that
// may be fed back to it. Of several widths, since a step reads narrow features at once, and wide ones block by block.

[SequenceModel(Steps = 6, Batch = 3)]
[Input(40), Rnn(40)]
public sealed partial class FeedbackRnn;

[SequenceModel(Steps = 6, Batch = 3)]
[Input(40), Lstm(40)]
public sealed partial class FeedbackLstm;

[SequenceModel(Steps = 6, Batch = 3)]
[Input(40), PeepholeLstm(40)]
public sealed partial class FeedbackPeephole;

[SequenceModel(Steps = 6, Batch = 3)]
[Input(40), Gru(40)]
public sealed partial class FeedbackGru;

[SequenceModel(Steps = 6, Batch = 3)]
[Input(7), Gru(7)]
public sealed partial class FeedbackGruNarrow;

[SequenceModel(Steps = 6, Batch = 3)]
[Input(150), Gru(150)]
public sealed partial class FeedbackGruWide;

[SequenceModel(Steps = 6, Batch = 3, Precision = Precision.Double)]
[Input(40), Gru(40, ResetAfter = true)]
public sealed partial class FeedbackResetAfter;

[SequenceModel(Steps = 6, Batch = 3)]
[Input(64), Dense(64)]
public sealed partial class FeedbackDense;

[SequenceModel(Steps = 6, Batch = 3)]
[Input(150), Dense(150, Activation = Activation.Tanh)]
public sealed partial class FeedbackDenseWide;

[SequenceModel(Steps = 6, Batch = 3)]
[Input(40), Gru(40, Layers = 2)]
public sealed partial class FeedbackDeep;

// Wider than what is copied to the stack.
[SequenceModel(Steps = 2, Batch = 2)]
[Input(1100), Mean]
public sealed partial class FeedbackMeanWide;
