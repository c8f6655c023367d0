namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>RNN1xxx: which layers, in what order, of what size and name.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void Layers_None_AreReportedAtTheAttribute() => Reports(
        "[[|SequenceModel(Steps = 3)|]]",
        "RNN1001",
        "'Model' has no layers: write its layers from the input to the loss, "
            + "for instance [Input(3)], [Lstm(32)], [Dense(1)], [MeanSquaredError]");

    [Theory]
    [InlineData("[SequenceModel, [|Input(1)|]]")]
    [InlineData("[SequenceModel, [|Input(1)|], MeanSquaredError]")]
    [InlineData("[SequenceModel, [|Embedding(5, 3)|], CrossEntropy]")]
    public void Layers_InputOnly_AreReported(string attributes) => Reports(
        attributes,
        "RNN1001",
        "'Model' has nothing to compute behind its input: write its layers from the input to the loss, "
            + "for instance [Input(3)], [Lstm(32)], [Dense(1)], [MeanSquaredError]");

    [Theory]
    [InlineData("[SequenceModel, [|Lstm(3)|], Dense(1), MeanSquaredError]", "Lstm")]
    [InlineData("[SequenceModel, [|Dense(3, Activation = Activation.Tanh)|], MeanSquaredError]", "Dense")]
    [InlineData("[SequenceModel, [|MeanSquaredError|]]", "MeanSquaredError")]
    [InlineData("[SequenceModel, [|Last|], Dense(1), MeanSquaredError]", "Last")]
    public void Input_Missing_IsReportedAtTheFirstLayer(string attributes, string first) => Reports(
        attributes,
        "RNN1002",
        $"'{first}' is the first layer of 'Model', but nothing says what the model reads: "
            + "write [Input(features)] or [Embedding(vocabulary, size)] above it");

    [Theory]
    [InlineData("[SequenceModel, Dense(3), [|Embedding(5, 4)|], Dense(5), CrossEntropy]", "Embedding", "Dense")]
    [InlineData("[SequenceModel, Lstm(3), Dense(1), [|Input(2)|], MeanSquaredError]", "Input", "Lstm")]
    [InlineData("[SequenceModel, Lstm(3), Dense(1), MeanSquaredError, [|Input(2)|]]", "Input", "Lstm")]
    public void Input_NotFirst_IsReported(string attributes, string input, string first) => Reports(
        attributes,
        "RNN1003", $"'{input}' reads the model's input, so it must be the first layer: move it above '{first}'");

    [Theory]
    [InlineData("[SequenceModel, Embedding(5, 4), [|Input(3)|], Dense(5), CrossEntropy]", "Input", "Embedding")]
    [InlineData("[SequenceModel, Input(3), [|Embedding(5, 4)|], Dense(5), CrossEntropy]", "Embedding", "Input")]
    [InlineData("[SequenceModel, Input(3), Lstm(3), Dense(5), CrossEntropy, [|Input(3)|]]", "Input", "Input")]
    public void Input_Second_IsReported(string attributes, string second, string first) => Reports(
        attributes,
        "RNN1004", $"'{second}' reads the model's input, which '{first}' does already: keep one of them");

    [Theory]
    [InlineData("[SequenceModel, Input(3), Last, [|Lstm(3)|], Dense(5), CrossEntropy]", "Last")]
    [InlineData("[SequenceModel, Input(3), Gru(2), Mean, Dense(4), [|Lstm(3)|], Dense(5), CrossEntropy]", "Mean")]
    public void Recurrent_BelowPooling_IsReported(string attributes, string pool) => Reports(
        attributes,
        "RNN1005",
        $"'Lstm' needs a row for every step, but '{pool}' above it leaves one for each sequence: "
            + $"move it above '{pool}'");

    [Theory]
    [InlineData("[SequenceModel, Input(3), Lstm(3), Last, [|Last|], Dense(5), CrossEntropy]", "Last", "Last")]
    [InlineData("[SequenceModel, Input(3), Lstm(3), Max, Dense(3), [|Mean|], Dense(5), CrossEntropy]", "Mean", "Max")]
    public void Pooling_Twice_IsReported(string attributes, string second, string first) => Reports(
        attributes,
        "RNN1006",
        $"'{second}' needs a row for every step, but '{first}' above it leaves one for each sequence already: "
            + "keep one of them");

    [Theory]
    [InlineData("[SequenceModel, Input(3), Lstm(3), Dense(5), CrossEntropy, [|MeanSquaredError|]]", "MeanSquaredError")]
    [InlineData("[SequenceModel, Input(3), Lstm(3), Dense(5), CrossEntropy, [|CrossEntropy|]]", "CrossEntropy")]
    public void Loss_Second_IsReported(string attributes, string second) => Reports(
        attributes,
        "RNN1007",
        $"'{second}' is a second loss besides 'CrossEntropy': keep one of them, or begin a branch for it by "
            + "[From(\"dense\")] between");

    [Theory]
    [InlineData(
        "[SequenceModel, [|Encoder|], Input(3), Dense(5), CrossEntropy]",
        "'Encoder' begins a stack, but a [SequenceModel] has one stack: take it away, or write [EncoderDecoder] "
            + "instead of [SequenceModel]")]
    [InlineData(
        "[EncoderDecoder, [|Input(3)|], Gru(3), Decoder, Input(3), Gru(3), Dense(5), CrossEntropy]",
        "'Input' stands in no stack: write [Encoder] above it")]
    [InlineData(
        "[[|EncoderDecoder|], Input(3), Gru(3), Dense(5), CrossEntropy]",
        "An encoder–decoder has no stacks: write [Encoder] and its layers, then [Decoder] and its layers")]
    [InlineData(
        "[[|EncoderDecoder|], Decoder, Input(3), Gru(3), Encoder, Input(3), Gru(3)]",
        "An encoder–decoder has the stacks decoder, encoder: write [Encoder] and its layers, then [Decoder] and its "
            + "layers")]
    public void Stacks_OutOfOrder_AreReported(string attributes, string message) =>
        Reports(attributes, "RNN1024", message);

    [Theory]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), [|Decoder|], Input(2), Dense(5), CrossEntropy]",
        "it has 0 recurrent layers, counting Layers, and the encoder 1: write as many in both, and at least one, "
            + "or Bridge = Bridge.Learned in [EncoderDecoder]")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3, Layers = 2), [|Decoder|], Input(2), Gru(3), Dense(5), "
            + "CrossEntropy]",
        "it has 1 recurrent layers, counting Layers, and the encoder 2: write as many in both, and at least one, "
            + "or Bridge = Bridge.Learned in [EncoderDecoder]")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Decoder, Input(2), [|Gru(4)|], Dense(5), CrossEntropy]",
        "'Gru' is Gru of 4 and 'Gru' of the encoder Gru of 3: " + EqualOrBridged)]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Lstm(3), Decoder, Input(2), [|Gru(3)|], Dense(5), CrossEntropy]",
        "'Gru' is Gru of 3 and 'Lstm' of the encoder Lstm of 3: " + EqualOrBridged)]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3, Bidirectional = true), Decoder, Input(2), [|Gru(5)|], Dense(5), "
            + "CrossEntropy]",
        "'Gru' is Gru of 5 and 'Gru' of the encoder Gru of 3, both ways: " + EqualOrBridged)]
    [InlineData(
        "[EncoderDecoder(Bridge = Bridge.Learned), [|Encoder|], Input(3), Dense(4), Decoder, Input(2), Gru(5), "
            + "Dense(5), CrossEntropy]",
        "the encoder has no recurrent layer: write one")]
    [InlineData(
        "[EncoderDecoder(Bridge = Bridge.Learned), Encoder, Input(3), Gru(3), Decoder, Input(2), "
            + "Gru(5, [|Bidirectional = true|]), Dense(5), CrossEntropy]",
        "Bridge is Learned and 'Gru' of the decoder reads both ways: take Bidirectional away, or the bridge")]
    [InlineData(
        "[EncoderDecoder([|Bridge = Bridge.None|]), Encoder, Input(3), Gru(3), Decoder, Input(2), Gru(5), Dense(5), "
            + "CrossEntropy]",
        "Bridge is None and there is no attention: nothing of a source reaches it: write [Attention], or another "
            + "bridge")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3, LearnedState = true), Decoder, Input(2), "
            + "Gru(3, [|LearnedState = true|]), Dense(5), CrossEntropy]",
        "'Gru' has LearnedState = true: take it away, or write it at the encoder's layer")]
    public void Stacks_OfOtherStates_AreReported(string attributes, string message) => Reports(
        attributes, "RNN1025", $"The decoder starts from what the encoder ends in, but {message}");

    private const string EqualOrBridged =
        "write the same cell, size and direction in both (of an encoder's layer both ways, twice the size in a "
            + "decoder's one way will do), or Bridge = Bridge.Learned in [EncoderDecoder]";

    [Theory]
    [InlineData(
        "[SequenceModel, Input(3), Gru(3), [|Attention(AttentionScore.Dot)|], Dense(5), CrossEntropy]",
        "'Attention' looks at an encoder's rows, and there is no encoder above its stack: write it in the decoder of "
            + "an [EncoderDecoder]")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), [|Attention(AttentionScore.Dot)|], Decoder, Input(2), Gru(3), "
            + "Dense(5), CrossEntropy]",
        "'Attention' looks at an encoder's rows, and there is no encoder above its stack: write it in the decoder of "
            + "an [EncoderDecoder]")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Decoder, Input(2), Gru(3), Dense(4), "
            + "Attention([|AttentionScore.Dot|]), Dense(5), CrossEntropy]",
        "'Attention' multiplies queries of 4 numbers with the encoder's rows of 3: make both sizes equal, or write "
            + "AttentionScore.General")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Dense(2), Decoder, Input(2), "
            + "Attention([|AttentionScore.ScaledDot|]), Gru(3), Dense(5), CrossEntropy]",
        "'Attention' multiplies queries of 3 numbers with the encoder's rows of 2: make both sizes equal, or write "
            + "AttentionScore.General")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Decoder, Input(2), Gru(3), Last, "
            + "[|Attention(AttentionScore.Dot)|], Dense(5), CrossEntropy]",
        "'Attention' asks at every step, and there is one row for all of them above it: write it above the layer that "
            + "pools")]
    [InlineData(
        "[SequenceModel, Input(3), Dense(3), Gru(3, [|Context = \"dense\"|]), Dense(5), CrossEntropy]",
        "'Gru' reads the context of \"dense\", which is no attention above the first recurrent layer: name one, or "
            + "take Context away")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Last, Decoder, Input(2), Gru(3), "
            + "[|Attention(AttentionScore.Dot)|], Dense(5), CrossEntropy]",
        "'Attention' looks at a row for every step of the source, and the encoder ends in one for all: take 'Last' "
            + "away")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Decoder, Input(2), [|Attention(AttentionScore.General)|], "
            + "Dropout(0.1f), Gru(3), Dense(5), CrossEntropy]",
        "'Attention' asks by the state of the recurrent layer right below, and there is none: write one below it, or "
            + "it below one")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3, Bidirectional = true), Decoder, Input(2), "
            + "Attention(AttentionScore.General), Gru(3, [|Bidirectional = true|]), Dense(5), CrossEntropy]",
        "'Gru' reads both ways, and 'Attention' above asks by its state before: take it away")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Decoder, Input(2), "
            + "Attention(AttentionScore.General, [|InputFeeding = true|]), Gru(3), Dense(5), CrossEntropy]",
        "'Attention' has no result to feed back above the first recurrent layer: take it away")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Decoder, Input(2), Attention(AttentionScore.General, [|7|]), "
            + "Gru(3), Dense(5), CrossEntropy]",
        "'Attention' has a size, which General attention above a recurrent layer has no use for: take it away")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3, Bidirectional = true), Decoder, Input(2), "
            + "Gru(3, Bidirectional = true), Attention(AttentionScore.General, [|InputFeeding = true|]), Dense(5), "
            + "CrossEntropy]",
        "'Attention' feeds back to steps of 'Gru', which reads both ways: take Bidirectional or InputFeeding away")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Decoder, Input(2), Attention(AttentionScore.General), Gru(3), "
            + "Attention(AttentionScore.General, [|InputFeeding = true|]), Dense(5), CrossEntropy]",
        "'Attention' feeds back to the layer that 'Attention' above has a part in, too: take InputFeeding away")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Gru(3), Decoder, Input(2), Gru(3), "
            + "Gru(3, [|Context = \"gru\"|]), Dense(5), CrossEntropy]",
        "'Gru' reads the context of \"gru\", which is no attention above the first recurrent layer: name one, or take "
            + "Context away")]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Decoder, Input(2), Attention(AttentionScore.General), Gru(3), "
            + "Concatenate([|\"attention\"|]), Dense(5), CrossEntropy]",
        "'Concatenate' reads \"attention\", whose context is a part of the recurrent layer below it: name another "
            + "layer; recurrent layers read it by Context = \"attention\"")]
    public void Attention_OfWhatCannotBe_IsReported(string attributes, string message) =>
        Reports(attributes, "RNN1027", message);

    [Fact]
    public void Layer_BelowTheEncodersLastState_IsReported() => Reports(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), [|Dense(4)|], Decoder, Input(2), Gru(3), Dense(5), CrossEntropy]",
        "RNN1025",
        "The decoder starts from what the encoder ends in, but nobody reads the rows of 'Dense' at the encoder's end: "
            + "take it away, or write a recurrent layer below it");

    [Theory]
    [InlineData(
        "[SequenceModel, Input(3), Gru(3), Dense(5), CrossEntropy(Name = \"the_tag\"), From(\"gru\"), Dense(2), "
            + "MeanSquaredError([|Name = \"The.Tag\"|])]",
        "The head of 'MeanSquaredError' is called \"The.Tag\", as that of 'CrossEntropy' above it is")]
    [InlineData(
        "[SequenceModel, Input(3), Gru(3), Dense(5), CrossEntropy([|Name = \"inputs\"|]), From(\"gru\"), Dense(2), "
            + "MeanSquaredError]",
        "The head of 'CrossEntropy' is called \"inputs\", as the model's input is")]
    public void Head_WhoseNameIsTaken_IsReported(string attributes, string message) => Reports(
        attributes, "RNN1026", message + ": write a Name that differs in more than punctuation and capitals");

    [Theory]
    [InlineData(
        "[EncoderDecoder, Encoder, Input(3), Gru(3), Decoder, Input(2), Gru([|0|]), Dense(5), CrossEntropy]",
        "RNN1009", "'Gru of the decoder' has size 0: write 1 or more")]
    [InlineData(
        "[EncoderDecoder, Encoder, [|Gru(3)|], Decoder, Input(2), Gru(3), Dense(5), CrossEntropy]",
        "RNN1002",
        "'Gru of the encoder' is the first layer of 'Model', but nothing says what the model reads: write "
            + "[Input(features)] or [Embedding(vocabulary, size)] above it")]
    [InlineData(
        "[EncoderDecoder([|SourceSteps = 0|]), Encoder, Input(3), Gru(3), Decoder, Input(2), Gru(3), Dense(5), "
            + "CrossEntropy]",
        "RNN2001", "SourceSteps is 0: write 1 or more")]
    [InlineData(
        "[EncoderDecoder([|TargetSteps = 0|]), Encoder, Input(3), Gru(3), Decoder, Input(2), Gru(3), Dense(5), "
            + "CrossEntropy]",
        "RNN2001", "TargetSteps is 0: write 1 or more")]
    public void Mistake_InAStack_NamesLayerAndStack(string attributes, string id, string message) =>
        Reports(attributes, id, message);

    [Fact]
    public void Head_WithoutALoss_IsReported() => Reports(
        "[SequenceModel, Input(3), Lstm(3), Dense(5), CrossEntropy, From(\"lstm\"), [|Dense(2)|]]",
        "RNN1023",
        "'Dense' ends the last branch without a loss, while 'CrossEntropy' ends another: write a loss below 'Dense', "
            + "or take the branch away");

    [Theory]
    [InlineData("[SequenceModel, Input(3), Lstm(3), Dense(5), CrossEntropy, [|Dropout(0.5f)|]]", "Dropout")]
    [InlineData("[SequenceModel, Input(3), Lstm(3), Dense(5), CrossEntropy, [|Lstm(3)|]]", "Lstm")]
    [InlineData("[SequenceModel, Input(3), Lstm(3), Last, Dense(5), CrossEntropy, [|Lstm(3)|]]", "Lstm")]
    [InlineData("[SequenceModel, Input(3), Lstm(3), Last, Dense(5), CrossEntropy, [|Last|]]", "Last")]
    public void Layer_BelowTheLoss_IsReported(string attributes, string layer) => Reports(
        attributes,
        "RNN1008",
        $"'{layer}' stands below the loss 'CrossEntropy', which ends a model or a branch: move it above "
            + "'CrossEntropy', or begin another branch by [From(layer)]");

    [Theory]
    [InlineData("[SequenceModel, Input([|0|]), Lstm(3), Dense(5), CrossEntropy]", "'Input' has features 0")]
    [InlineData("[SequenceModel, Input(features: [|-2|]), Lstm(3), Dense(5), CrossEntropy]", "'Input' has features -2")]
    [InlineData("[SequenceModel, Embedding(0, 4), Dense(5), CrossEntropy]", "'Embedding' has vocabulary 0", "0")]
    [InlineData("[SequenceModel, Embedding(5, -4), Lstm(3), Dense(5), CrossEntropy]", "'Embedding' has size -4", "-4")]
    [InlineData(
        "[SequenceModel, Embedding(size: -4, vocabulary: 5), Lstm(3), Dense(5), CrossEntropy]",
        "'Embedding' has size -4", "size: -4")]
    [InlineData("[SequenceModel, Input(3), Lstm([|0|]), Dense(5), CrossEntropy]", "'Lstm' has size 0")]
    [InlineData("[SequenceModel, Input(3), PeepholeLstm([|0|]), Dense(5), CrossEntropy]", "'PeepholeLstm' has size 0")]
    [InlineData("[SequenceModel, Input(3), Lstm(3), Dense([|0|]), CrossEntropy]", "'Dense' has size 0")]
    [InlineData(
        "[SequenceModel, Input(3), Dense([|int.MinValue|]), CrossEntropy]", "'Dense' has size -2,147,483,648")]
    public void Size_BelowOne_IsReportedAtTheArgument(string attributes, string fault, string? place = null)
    {
        if (place is not null)
            attributes = attributes.Replace(place, $"[|{place}|]");
        Reports(attributes.Replace("features: [|-2|]", "[|features: -2|]"), "RNN1009", fault + ": write 1 or more");
    }

    [Theory]
    [InlineData("[|Embedding(2_000_000, 2_048)|], Lstm(3), Dense(5)", "Embedding", "4,096,000,000")]
    [InlineData("Input(3), [|Lstm(50_000)|], Dense(5)", "Lstm", "10,000,800,000")]
    [InlineData("Input(100_000), Lstm(3), [|Dense(int.MaxValue)|]", "Dense", "8,589,934,592")]
    public void Weights_TooMany_AreReportedAtTheLargestLayer(string layers, string largest, string weights) => Reports(
        $"[SequenceModel, {layers}, MeanSquaredError]",
        "RNN1010",
        $"'{largest}' would have about {weights} weights, and a whole model can have 2,147,483,559: "
            + "write smaller sizes");

    // Each stack's weights would fit, but both lie in one array.
    [Fact]
    public void Weights_OfTwoStacksTooMany_AreReportedAtTheLargestLayerOfBoth() => Reports(
        "[EncoderDecoder, Encoder, Input(3), Gru(20_000), Decoder, Input(30), [|Gru(20_000)|], Dense(5), CrossEntropy]",
        "RNN1010",
        "'Gru of the decoder' would have about 1,201,860,000 weights, and a whole model can have 2,147,483,559: "
            + "write smaller sizes");

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a/b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("0")]
    [InlineData("größe")]
    [InlineData("_")]
    public void Name_NotUsable_IsReported(string name) => Reports(
        $"[SequenceModel, Input(3), Lstm(3, [|Name = \"{name}\"|]), Dense(5), CrossEntropy]",
        "RNN1011",
        $"'Lstm' has Name \"{name}\": "
            + "write letters and digits, a letter first, with single '.', '_' or '-' between them");

    [Theory]
    [InlineData("Lstm(3, Name = \"a\"), Dense(5, [|Name = \"a\"|])", "Dense", "a", "Lstm", "a")]
    [InlineData("Lstm(3, Name = \"a.b\"), Dense(5, [|Name = \"A_b\"|])", "Dense", "A_b", "Lstm", "a.b")]
    [InlineData("Lstm(3), Dense(5, [|Name = \"lstm\"|])", "Dense", "lstm", "Lstm", "lstm")]
    [InlineData("Dense(2, [|Name = \"dense1\"|]), Dense(5), Dense(5)", "Dense", "dense1", "Dense", "dense1")]
    public void Name_OfTwoLayers_IsReported(string layers, string layer, string name, string other, string otherName) =>
        Reports(
            $"[SequenceModel, Input(3), {layers}, CrossEntropy]",
            "RNN1012",
            $"The tensors of '{layer}' would be called '{name}', those of '{other}' above it '{otherName}': "
                + "write a Name that differs in more than punctuation and capitals");

    [Theory]
    [InlineData("Input(3), Mean, Dense(5)")]
    [InlineData("Embedding(7, 3), Max, Dense(5)")]
    [InlineData("Input(3), Dropout(0.1f), Dense(5)")]
    [InlineData("Input(3), Dense(4, Activation = Activation.Relu), Gru(3), Dropout(0.1f), Last, Dense(6), Dense(5)")]
    [InlineData("Embedding(7, 3), Lstm(3, Name = \"encoder.rnn_0\"), Dense(5, Name = \"head-1\")")]
    [InlineData("Input(1), Lstm(3, Layers = 64), Dense(5)")]
    public void Layers_Unusual_AreAccepted(string layers) =>
        DiagnosticAssert.Accepts($"using RnnGen; [SequenceModel, {layers}, CrossEntropy] public partial class Model;");

    [Theory]
    [InlineData("Lstm(3), Dense(3), Add([|\"lsmt\"|])", "Add", "lsmt", "\"input\", \"lstm\" or \"dense\"")]
    [InlineData("Lstm(3, Name = \"a\"), Concatenate([|\"lstm\"|])", "Concatenate", "lstm", "\"input\" or \"a\"")]
    [InlineData("Lstm(3), From([|\"dense\"|]), Dense(3)", "From", "dense", "\"input\" or \"lstm\"")]
    public void NamedLayer_NotAbove_IsReported(string layers, string layer, string name, string known) => Reports(
        $"[SequenceModel, Input(2), {layers}, Dense(1), MeanSquaredError]",
        "RNN1020",
        $"'{layer}' names the layer \"{name}\", and no layer above it is called so: write {known}");

    [Fact]
    public void Add_OtherSize_IsReportedWithBoth() => Reports(
        "[SequenceModel, Input(2), Lstm(3, Bidirectional = true), Dense(5), Add([|\"lstm\"|])]",
        "RNN1021",
        "'Add' adds rows of 6 numbers, those of \"lstm\", to rows of 5, those of \"dense\": make both sizes equal");

    [Fact]
    public void Residual_OtherSize_IsReportedWithBoth() => Reports(
        "[SequenceModel, Input(2), Gru(8, Layers = 2, [|Residual = true|]), Dense(1), MeanSquaredError]",
        "RNN1021",
        "'Gru' adds what it reads, rows of 2 numbers, to what it makes, rows of 8: make both sizes equal, for instance "
            + "by a first layer of its own without Residual");

    [Fact]
    public void Concatenate_RowsOfStepsAndSequences_AreReported() => Reports(
        "[SequenceModel, Input(2), Gru(8), Last, Concatenate([|\"gru\"|]), Dense(1), MeanSquaredError]",
        "RNN1021",
        "'Concatenate' has a row for every sequence above it, but \"gru\" has one for every step: name a layer with as "
            + "many rows, or pool the rows of every step by [Last], [Mean] or [Max] first");

    [Fact]
    public void Branch_ThatNobodyReads_IsReported() => Reports(
        "[SequenceModel, Input(2), Gru(8), [|Dense(3)|], From(\"gru\"), Dense(1), MeanSquaredError]",
        "RNN1022",
        "Nothing reads the rows of 'Dense', since 'From' below it goes on from another layer: name it further down, "
            + "for instance by [Concatenate(\"dense\")], or take the branch away");

    private static void Reports(string attributes, string id, string message) =>
        DiagnosticAssert.Reports($"using RnnGen;\n{attributes}\npublic partial class Model;", id, message);
}
