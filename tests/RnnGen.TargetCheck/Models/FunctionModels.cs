namespace RnnGen.TargetCheck.Models;

// Each activation in single precision as emitted, in all lanes of a vector and in the one behind it.

[SequenceModel(Steps = 64, Batch = 64)]
[Input(1), Dense(5, Activation = Activation.Tanh), MeanSquaredError]
internal sealed partial class TanhModel;

[SequenceModel(Steps = 64, Batch = 64)]
[Input(1), Dense(5, Activation = Activation.Sigmoid), MeanSquaredError]
internal sealed partial class SigmoidModel;

[SequenceModel(Steps = 64, Batch = 64)]
[Input(1), Dense(5, Activation = Activation.Relu), MeanSquaredError]
internal sealed partial class ReluModel;

// h = o ⊙ tanh(c), which a step computes as one function.
[SequenceModel]
[Input(1), Lstm(5)]
internal sealed partial class TanhTimesModel;
