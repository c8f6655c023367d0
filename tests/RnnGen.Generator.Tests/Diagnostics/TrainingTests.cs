namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>RNN3xxx: the loss, and what it is the loss of.</summary>
public sealed class TrainingTests
{
    [Theory]
    [InlineData("Lstm(3), [|CrossEntropy|]", "CrossEntropy", "Lstm")]
    [InlineData("Lstm(3), Dense(2), Last, [|CrossEntropy|]", "CrossEntropy", "Last")]
    [InlineData("Lstm(3), Dense(2), Dropout(0.5f), [|CrossEntropy|]", "CrossEntropy", "Dropout")]
    public void Loss_NotBelowDense_IsReported(string layers, string loss, string above) => Reports(
        layers,
        "RNN3001",
        $"'{loss}' takes the logits of a Dense layer, but '{above}' stands above it: "
            + "write [Dense(size)] between them");

    [Fact]
    public void Loss_OfActivatedLogits_IsReported() => Reports(
        "Lstm(3), Dense(2), Activation(Activation.Tanh), [|CrossEntropy|]",
        "RNN3001",
        "'CrossEntropy' takes the logits of a Dense layer, but 'Activation' stands above it: take 'Activation' away");

    [Fact]
    public void CrossEntropy_OfOneOutput_IsReportedAtTheSize() => Reports(
        "Lstm(3), Dense([|1|]), CrossEntropy",
        "RNN3002",
        "'CrossEntropy' takes 2 logits or more, but 'Dense' above it has size 1: "
            + "write 2 or more, or another loss");

    [Fact]
    public void CrossEntropy_OfActivatedOutputs_IsReportedAtTheActivation() => Reports(
        "Lstm(3), Dense(4, [|Activation = Activation.Sigmoid|]), CrossEntropy",
        "RNN3002",
        "'CrossEntropy' takes 2 logits or more, but 'Dense' above it applies Sigmoid: "
            + "take Activation away");

    // A loss over one logit applies a sigmoid of its own.
    [Fact]
    public void LossOfOneLogit_OfActivatedOutputs_IsReportedAtTheActivation() => Reports(
        "Lstm(3), Dense(1, [|Activation = Activation.Sigmoid|]), Binary",
        "RNN3002",
        "'Binary' takes logits, but 'Dense' above it applies Sigmoid: take Activation away",
        Loss("[RnnGen.Losses.ExpectsLogits]"));

    [Theory]
    [InlineData("[RnnGen.Losses.ExpectsLogits]", 1)]
    [InlineData("[RnnGen.Losses.ExpectsLogits(MinimumOutputs = 1)]", 1)]
    [InlineData("[RnnGen.Losses.ExpectsLogits(MinimumOutputs = 3)]", 3)]
    public void Loss_OfAsManyLogitsAsItNeeds_IsAccepted(string mark, int size) => DiagnosticAssert.Accepts(
        $"using RnnGen; {Loss(mark)} [SequenceModel, Input(1), Lstm(3), Dense({size}), Binary] "
            + "public partial class Model;");

    [Fact]
    public void Loss_OfFewerLogitsThanItNeeds_IsReportedAtTheSize() => Reports(
        "Lstm(3), Dense([|2|]), Binary",
        "RNN3002",
        "'Binary' takes 3 logits or more, but 'Dense' above it has size 2: write 3 or more, or another loss",
        Loss("[RnnGen.Losses.ExpectsLogits(MinimumOutputs = 3)]"));

    [Fact]
    public void MeanSquaredError_OfActivatedOutputs_IsAccepted() => DiagnosticAssert.Accepts(
        "using RnnGen; [SequenceModel, Input(1), Lstm(3), Dense(1, Activation = Activation.Tanh), MeanSquaredError] "
            + "public partial class Model;");

    [Fact]
    public void Loss_WithoutTargets_IsReported() => Reports(
        "Lstm(3), Dense(2), [|Odd|]",
        "RNN3003",
        "The loss type of 'Odd' implements neither IClassLoss nor IValueLoss: implement the one whose targets it has",
        "public struct Nothing; public sealed class OddAttribute : LossAttribute<Nothing>;");

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("double.NaN", "NaN")]
    [InlineData("double.PositiveInfinity", "Infinity")]
    public void Weight_ThatIsNone_IsReported(string written, string shown) => Reports(
        $"Lstm(3), Dense(2), CrossEntropy([|Weight = {written}|])",
        "RNN3004",
        $"'CrossEntropy' has Weight = {shown}: write a number above 0, and finite");

    [Fact]
    public void Loss_NotVisible_IsReported() => DiagnosticAssert.Reports(
        $$"""
        using RnnGen;
        public partial class Outer
        {
            private struct Hidden : RnnGen.Losses.IValueLoss { {{ValueRow}} }
            private sealed class HiddenAttribute : LossAttribute<Hidden>;
            [SequenceModel, Input(1), Lstm(3), Dense(2), [|Hidden|]]
            public partial class Model;
        }
        """,
        "RNN3003", "The loss type of 'Hidden' is not visible to generated code: make it internal or public");

    [Fact]
    public void Loss_OfTheUser_IsAccepted() => DiagnosticAssert.Accepts(
        $$"""
        using RnnGen;
        namespace Mine;
        internal struct OwnLoss : RnnGen.Losses.IValueLoss { {{ValueRow}} }
        internal sealed class OwnAttribute : LossAttribute<OwnLoss>;
        [SequenceModel, Input(1), Lstm(3), Dense(2), Own]
        public partial class Model;
        """);

    private const string ValueRow =
        """
        public static unsafe T Row<TLanes, T>(T* outputs, int count, T* target, T gradientScale)
            where TLanes : unmanaged, RnnGen.Kernels.ILanes<TLanes, T>
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => T.Zero;
        """;

    private static string Loss(string mark) =>
        $"{mark} public struct BinaryLoss : RnnGen.Losses.IValueLoss {{ {ValueRow} }} "
            + "public sealed class BinaryAttribute : LossAttribute<BinaryLoss>;";

    private static void Reports(string layers, string id, string message, string types = "") =>
        DiagnosticAssert.Reports(
            $"using RnnGen; {types} [SequenceModel, Input(1), {layers}] public partial class Model;", id, message);
}
