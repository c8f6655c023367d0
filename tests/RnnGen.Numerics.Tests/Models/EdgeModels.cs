using RnnGen.Numerics.Tests.Cells;
using RnnGen.Numerics.Tests.Losses;

namespace RnnGen.Numerics.Tests.Models;

// The smallest sizes, and layers in unusual places: what each could get wrong is its neighbours' memory.

[SequenceModel(Steps = 1, Batch = 1, Precision = Precision.Double)]
[Embedding(vocabulary: 1, size: 1), Lstm(1), Dense(2), CrossEntropy]
public sealed partial class Smallest;

// A linear layer's rows are somebody else's input in the backward pass.
[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Dense(5), Lstm(4), Dense(6), Gru(3, Layers = 2, Bidirectional = true), Dense(7), Dense(2), MeanSquaredError]
public sealed partial class LinearBetween;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Dense(5), Gru(3, Bidirectional = true), Dense(2), MeanSquaredError]
public sealed partial class LinearBeforeBothWays;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Dropout(0.3f), Dense(5), Dropout(0.3f), Gru(3, Bidirectional = true), Dropout(0.3f), Last]
[Dropout(0.3f), Dense(5), Dropout(0.3f), Dense(2), MeanSquaredError]
public sealed partial class DropoutEverywhere;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Dropout(0.3f), Dense(2), MeanSquaredError]
public sealed partial class DropoutOfFeatures;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 6), Mean, Dense(5), CrossEntropy]
public sealed partial class BagOfWords;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Max, Dense(5, Activation = Activation.Tanh), Dense(2), MeanSquaredError]
public sealed partial class MaxOfFeatures;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(37), Rnn(6), Dense(4), Last, Dense(2), MeanSquaredError]
public sealed partial class LastOfDense;

[SequenceModel(Steps = 5, Batch = 4)]
[Input(5), Mean, Dense(3), MeanSquaredError]
public sealed partial class MeanOfFeatures;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Crowded(5, Layers = 2, Remark = "two \"lines\"\n of it"), Dense(2), MeanSquaredError]
public sealed partial class Crowded;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Crowded(9, Passes = true, Bidirectional = true), Dense(2), MeanSquaredError]
public sealed partial class CrowdedBothWays;

[SequenceModel(Steps = 5, Batch = 4)]
[Input(3), Crowded(9, Layers = 2, Passes = true), Dense(2), MeanSquaredError]
public sealed partial class CrowdedSingle;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Skip(9), Dense(2), MeanSquaredError]
public sealed partial class SkipModel;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), LateSum(9), Dense(2), MeanSquaredError]
public sealed partial class LateSumModel;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Scaled(9), Dense(2), MeanSquaredError]
public sealed partial class ScaledModel;

// Functions that built-in cells do not call.
[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), SmoothFunctions(9, Layers = 2), Dense(2), MeanSquaredError]
public sealed partial class SmoothFunctionsModel;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), KinkedFunctions(9, Bidirectional = true), Dense(2), MeanSquaredError]
public sealed partial class KinkedFunctionsModel;

[SequenceModel(Steps = 5, Batch = 4)]
[Input(3), SmoothFunctions(9), KinkedFunctions(7), Dense(2), MeanSquaredError]
public sealed partial class FunctionsSingle;

// A loss over one logit: the head is linear, and of one output.
[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Gru(7), Last, Dense(1), BinaryCrossEntropy]
public sealed partial class YesOrNo;

// Weights that exceed the first-level cache: a streaming step walks them to and fro.
[SequenceModel(Steps = 5, Batch = 2)]
[Input(20), Lstm(64), Dense(2), MeanSquaredError]
public sealed partial class ToAndFro;

// Weights beyond the first cache and inputs of some length: one loop of a step reads them all.
[SequenceModel(Steps = 2, Batch = 2)]
[Input(100), Lstm(61), Dense(2), MeanSquaredError]
public sealed partial class JoinedStep;

// Few results of long rows, straight from the input and behind another layer: a step takes products of two rows.
[SequenceModel(Steps = 5, Batch = 2)]
[Input(21), Dense(3, Activation = Activation.Tanh), Lstm(17), Dense(4, Activation = Activation.Sigmoid)]
[MeanSquaredError]
public sealed partial class NarrowDense;

// Nothing for a step to pack.
[SequenceModel(Steps = 5, Batch = 3, Precision = Precision.Double)]
[Input(19), Dense(3), MeanSquaredError]
public sealed partial class NarrowDenseOnly;

// The same in double and between other layers, where the gradient of its inputs is asked for.
[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Gru(17), Dense(2, Activation = Activation.Tanh), Rnn(32), Last, Dense(4, Activation = Activation.Sigmoid)]
[MeanSquaredError]
public sealed partial class NarrowDenseBetween;

[SequenceModel(Steps = 5, Batch = 3, Precision = Precision.Double)]
[Input(19), Dropout(0.3f), Dense(3), MeanSquaredError]
public sealed partial class DropoutBeforeNarrowDense;

[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Embedding(vocabulary: 9, size: 18), Mean, Dense(4), CrossEntropy]
public sealed partial class PooledNarrowDense;

// The gradient of the lower layer's results takes their place, which the upper one's weights have read by then.
[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Dense(19), Dense(2), MeanSquaredError]
public sealed partial class NarrowDenseAboveLinear;

// Padding behind the last unit, where derivatives are no numbers.
[SequenceModel(Steps = 5, Batch = 4, Precision = Precision.Double)]
[Input(3), Singular(5), Singular(3), Dense(2), MeanSquaredError]
public sealed partial class SingularModel;

[SequenceModel(Steps = 5, Batch = 4)]
[Input(3), Singular(9), Dense(2), MeanSquaredError]
public sealed partial class SingularSingle;
