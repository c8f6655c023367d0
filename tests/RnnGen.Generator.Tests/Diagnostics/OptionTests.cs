namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>RNN2xxx: properties of the model and of its layers.</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData("[|Steps = 0|]", "Steps is 0")]
    [InlineData("Steps = 4, [|Batch = -1|]", "Batch is -1")]
    public void SequenceModel_BelowOne_IsReported(string options, string fault) => DiagnosticAssert.Reports(
        $"using RnnGen; [SequenceModel({options}), Input(1), Rnn(2), Dense(1), MeanSquaredError] "
            + "public partial class Model;",
        "RNN2001", fault + ": write 1 or more");

    [Theory]
    [InlineData("[SequenceModel([|Steps = 10_000_000|])", "10,000,000", "32", "320,000,000", "64", "20,480,001,104")]
    [InlineData(
        "[SequenceModel(Batch = 1, [|Steps = int.MaxValue|])",
        "2,147,483,647", "1", "2,147,483,647", "64", "137,438,953,520")]
    [InlineData(
        "[SequenceModel(Steps = 60_000, [|Batch = 70_000|])",
        "60,000", "70,000", "4,200,000,000", "64", "268,802,240,080")]
    public void SequenceModel_MoreThanAnArrayHolds_IsReported(
        string model, string steps, string batch, string rows, string each, string numbers) =>
        DiagnosticAssert.Reports(
            $"using RnnGen; {model}, Input(1), Rnn(2), Dense(1), MeanSquaredError] public partial class Model;",
            "RNN2002",
            $"Steps {steps} times Batch {batch} are {rows} rows of about {each} numbers, {numbers} in all, "
                + "and 2,147,483,559 are the most: write smaller ones");

    // Either stack's rows would fit, but both lie in one array.
    [Theory]
    [InlineData("[|SourceSteps = 500_000|], TargetSteps = 200_000", "500,000", "200,000")]
    [InlineData("SourceSteps = 200_000, [|TargetSteps = 500_000|]", "200,000", "500,000")]
    public void EncoderDecoder_MoreThanAnArrayHolds_IsReported(string options, string source, string target) =>
        DiagnosticAssert.Reports(
            $"using RnnGen; [EncoderDecoder({options}), Encoder, Input(1), Rnn(20), Decoder, Input(1), Rnn(20), "
                + "MeanSquaredError] public partial class Model;",
            "RNN2002",
            $"SourceSteps {source} and TargetSteps {target} times Batch 32 are 22,400,000 rows of about 96 numbers, "
                + "2,150,404,192 in all, and 2,147,483,559 are the most: write smaller ones");

    // Layers are small where they read many features, but the features lie in one array, too.
    [Theory]
    [InlineData(
        "SequenceModel([|Steps = 2_000|], Batch = 32), Input(40_000), Gru(8), Dense(2), MeanSquaredError",
        "Steps 2,000 times Batch 32 are 64,000 rows of 40,000 numbers of 'inputs', 2,560,000,000 in all")]
    [InlineData(
        "SequenceModel([|Steps = 2_000|], Batch = 32), Input(33_555), Gru(8), Dense(2), MeanSquaredError",
        "Steps 2,000 times Batch 32 are 64,000 rows of 33,555 numbers of 'inputs', 2,147,520,000 in all")]
    [InlineData(
        "EncoderDecoder([|SourceSteps = 2_000|], TargetSteps = 30), Encoder, Input(40_000), Gru(8), Decoder, Input(1), "
            + "Gru(8), Dense(2), MeanSquaredError",
        "SourceSteps 2,000 times Batch 32 are 64,000 rows of 40,000 numbers of 'source', 2,560,000,000 in all")]
    [InlineData(
        "EncoderDecoder(SourceSteps = 30, TargetSteps = 20, [|Batch = 3_000|]), Encoder, Embedding(9, 3), Gru(8), "
            + "Decoder, Input(40_000), Gru(8), Dense(2), MeanSquaredError",
        "TargetSteps 20 times Batch 3,000 are 60,000 rows of 40,000 numbers of 'target', 2,400,000,000 in all")]
    public void Input_MoreThanAnArrayHolds_IsReported(string model, string reason) => DiagnosticAssert.Reports(
        $"using RnnGen; [{model}] public partial class Model;", "RNN2002",
        reason + ", and 2,147,483,559 are the most: write smaller ones");

    [Fact]
    public void Input_ThatJustFits_IsNotReported() => Assert.Empty(GeneratorHarness.Run(
        "using RnnGen; [SequenceModel(Steps = 2_000, Batch = 32), Input(33_554), Gru(8), Dense(2), MeanSquaredError] "
            + "public partial class Model;").Diagnostics);

    [Theory]
    [InlineData("Lstm(3, Layers = 2, [|Dropout = 1|])", "'Lstm' has Dropout 1")]
    [InlineData("Gru(3, Layers = 2, [|Dropout = -0.1f|])", "'Gru' has Dropout -0.1")]
    [InlineData("Lstm(3, Layers = 2, [|Dropout = float.NaN|])", "'Lstm' has Dropout NaN")]
    [InlineData("Lstm(3), Dropout([|1.5f|])", "'Dropout' has rate 1.5")]
    [InlineData("Lstm(3), Dropout([|float.PositiveInfinity|])", "'Dropout' has rate Infinity")]
    [InlineData("Lstm(3), Dropout([|50|])", "'Dropout' has rate 50")]
    public void Dropout_OutsideOfItsRange_IsReported(string layers, string fault) =>
        Reports(layers, "RNN2003", fault + ": write a probability of 0 or more and less than 1");

    [Theory]
    [InlineData("Lstm(3), Dense(2, [|Activation = (Activation)7|])", "'Dense' has Activation 7")]
    [InlineData("Rnn(3, [|Activation = (Activation)(-1)|])", "'Rnn' has Activation -1")]
    public void Activation_OutsideOfItsEnum_IsReported(string layers, string fault) => Reports(
        layers,
        "RNN2004",
        fault + ", which Activation has not: "
            + "write Activation.Linear, Activation.Tanh, Activation.Relu or Activation.Sigmoid");

    [Fact]
    public void Precision_OutsideOfItsEnum_IsReported() => DiagnosticAssert.Reports(
        "using RnnGen; [SequenceModel([|Precision = (Precision)2|]), Input(1), Rnn(2), Dense(1), MeanSquaredError] "
            + "public partial class Model;",
        "RNN2004",
        "'SequenceModel' has Precision 2, which Precision has not: write Precision.Single or Precision.Double");

    [Theory]
    [InlineData("Sigmoid")]
    [InlineData("Linear")]
    public void Activation_ThatTheEquationsDoNotKnow_IsReported(string activation) => Reports(
        $"Rnn(3, [|Activation = Activation.{activation}|])",
        "RNN2005",
        $"'Rnn' has Activation {activation}, which its equations do not know: "
            + "write Activation.Relu or Activation.Tanh");

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("65")]
    public void Layers_OutsideOfTheirRange_AreReported(string layers) =>
        Reports($"Lstm(3, [|Layers = {layers}|])", "RNN2006", $"'Lstm' has Layers {layers}: write 1 to 64");

    [Theory]
    [InlineData("Lstm(3, [|Projection = 3|])", "Lstm", "3", "write 1 to 2, or 0 for none")]
    [InlineData("Lstm(3, [|Projection = -1|])", "Lstm", "-1", "write 1 to 2, or 0 for none")]
    [InlineData("Rnn(1, [|Projection = 1|])", "Rnn", "1", "take Projection away, since there is one unit only")]
    [InlineData(
        "Gru(4, [|Projection = 2|])", "Gru", "2",
        "its equations also read the hidden state number by number, which has another size then: take Projection away")]
    public void Projection_ThatCannotBe_IsReported(string layers, string layer, string projection, string fault) =>
        Reports(layers, "RNN2007", $"'{layer}' has Projection {projection}: {fault}");

    [Theory]
    [InlineData("0.0", "0")]
    [InlineData("-1e-5", "-1E-05")]
    [InlineData("1e-13", "1E-13")]
    [InlineData("1.5", "1.5")]
    [InlineData("double.NaN", "NaN")]
    public void Epsilon_OutsideOfItsRange_IsReported(string epsilon, string text) => Reports(
        $"Lstm(3), LayerNorm([|Epsilon = {epsilon}|])",
        "RNN2008",
        $"'LayerNorm' has Epsilon {text}: write a number from 1E-12 to 1");

    [Theory]
    [InlineData("[|Start = 1|]", "Embedding(5, 2), Gru(3), Dense(5), CrossEntropy",
        "Start is there and End is not: write both, or neither")]
    [InlineData("[|End = 1|]", "Embedding(5, 2), Gru(3), Dense(5), CrossEntropy",
        "End is there and Start is not: write both, or neither")]
    [InlineData("Start = 1, [|End = 5|]", "Embedding(5, 2), Gru(3), Dense(5), CrossEntropy",
        "End is 5: write a token of the decoder, from 0 to 4")]
    [InlineData("[|Start = -2|], End = 1", "Embedding(5, 2), Gru(3), Dense(5), CrossEntropy",
        "Start is -2: write a token of the decoder, from 0 to 4")]
    [InlineData("[|Start = 1|], End = 2", "Input(2), Gru(3), Dense(5), CrossEntropy",
        "The decoder reads numbers, and what it gives are tokens: write [Embedding(vocabulary, size)] first in the "
            + "decoder, or take Start and End away")]
    [InlineData("Start = 1, End = 2", "Embedding(5, 2), Gru(3), [|Dense(4)|], CrossEntropy",
        "The decoder gives 4 classes and reads 5 tokens: write as many of both: a head of 5")]
    [InlineData("Start = 1, End = 2", "Embedding(5, 2), Gru(3), Dense(5), [|MeanSquaredError|]",
        "'MeanSquaredError' compares numbers, and a decoder of tokens gives classes: write [CrossEntropy], or take "
            + "Start and End away")]
    [InlineData("Start = 1, End = 2", "Embedding(5, 2), Gru(3), [|Last|], Dense(5), CrossEntropy",
        "'Last' leaves one row of a sequence, and a decoder gives one at each step: take it away, or Start and End")]
    public void DecodingTokens_ThatCannotBe_AreReported(string tokens, string decoder, string message) =>
        DiagnosticAssert.Reports(
            $"using RnnGen; [EncoderDecoder({tokens}), Encoder, Input(1), Gru(3), Decoder, {decoder}] "
                + "public partial class Model;",
            "RNN2009", message);

    private static void Reports(string layers, string id, string message) => DiagnosticAssert.Reports(
        $"using RnnGen; [SequenceModel, Input(1), {layers}, Dense(1), MeanSquaredError] public partial class Model;",
        id, message);
}
