using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Rules;

namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>RNN0xxx: how the class, its layers' attributes and its project are declared.</summary>
public sealed class DeclarationTests
{
    private const string Attributes = "[SequenceModel, Input(1), Rnn(2), Dense(1), MeanSquaredError]";

    [Fact]
    public void Class_Generic_IsReported() => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} public partial class [|Model|]<T> where T : class;",
        "RNN0002", "'Model<T>' is generic, and a model's code is made for one type of number: take '<T>' away");

    [Fact]
    public void ContainingType_Generic_IsReported() => DiagnosticAssert.Reports(
        $"using RnnGen; public partial class [|Outer|]<T, U> {{ {Attributes} public partial class Model; }}",
        "RNN0002", "'Outer<T, U>' is generic, and a model cannot stand inside a generic type: move 'Model' out of it");

    [Fact]
    public void Record_IsReported() => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} public partial record [|Model|];",
        "RNN0003",
        "'Model' is a record, whose copies would share one set of weights: write 'class' instead of 'record'");

    [Theory]
    [InlineData("static")]
    [InlineData("abstract")]
    public void Class_WithoutInstances_IsReported(string word) => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} public {word} partial class [|Model|];",
        "RNN0004", $"'Model' is {word}, so that no model could be made: take the word '{word}' away");

    [Fact]
    public void Class_LocalToItsFile_IsReported() => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} file sealed partial class [|Model|];",
        "RNN0005",
        "'Model' is visible in its own file only, and generated code stands in others: take the word 'file' away");

    [Fact]
    public void ContainingType_LocalToItsFile_IsReported() => DiagnosticAssert.Reports(
        $"using RnnGen; file partial class [|Outer|] {{ {Attributes} public partial class Model; }}",
        "RNN0005",
        "'Outer' is visible in its own file only, and generated code stands in others: take the word 'file' away");

    [Fact]
    public void Layers_OnSeveralParts_AreReportedAtTheFirstElsewhere() => DiagnosticAssert.Reports(
        """
        using RnnGen;
        [[|Dense(1)|], MeanSquaredError] public partial class Model;
        [SequenceModel, Input(1), Rnn(2)] public partial class Model;
        """,
        "RNN0006",
        "'Dense' stands on another part of 'Model' than 'Input', so that their order is not known: "
            + "write all layers on one part");

    // Nothing is said about an order that there is not.
    [Fact]
    public void Layers_AllTwice_AreReportedOnce() => DiagnosticAssert.Reports(
        """
        using RnnGen;
        [SequenceModel, Input(1), Rnn(2), Dense(1), MeanSquaredError] public partial class Model;
        [[|Input(1)|], Rnn(2), Dense(1)] public partial class Model;
        """,
        "RNN0006",
        "'Input' stands on another part of 'Model' than 'Input', so that their order is not known: "
            + "write all layers on one part");

    [Fact]
    public void Layers_OnSeveralParts_AreNotJudgedByAnOrder() => DiagnosticAssert.Reports(
        """
        using RnnGen;
        [SequenceModel, Input(1), Rnn(2), MeanSquaredError] public partial class Model;
        [[|Dense(1)|]] public partial class Model;
        """,
        "RNN0006",
        "'Dense' stands on another part of 'Model' than 'Input', so that their order is not known: "
            + "write all layers on one part");

    [Fact]
    public void Layers_AllOnAnotherPart_AreAccepted() => DiagnosticAssert.Accepts(
        """
        using RnnGen;
        [Input(1), Rnn(2), Dense(1), MeanSquaredError] public partial class Model;
        [SequenceModel] public partial class Model;
        """);

    [Theory]
    [InlineData("State")]
    [InlineData("Trainer")]
    [InlineData("Step")]
    [InlineData("Batch")]
    public void Class_NamedLikeAMember_IsReported(string name) => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} public partial class [|{name}|];",
        "RNN0007", $"A model cannot be called '{name}', because it gets a member of that name: write another name");

    [Fact]
    public void Class_WithPrimaryConstructor_IsReported() => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} public partial class [|Model|](int size) {{ public int Size => size; }}",
        "RNN0008",
        "The constructors of 'Model' are generated, and have nothing to pass to a primary constructor: "
            + "write 'class Model' without parameters");

    [Theory]
    [InlineData("public Model() { Name = \"a\"; }")]
    [InlineData("internal Model(string name) : base() => Name = name;")]
    public void Class_WithAConstructorThatMakesNoWeights_IsReported(string constructor) => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} public partial class [|Model|] "
            + $"{{ public string Name {{ get; }} = \"\"; {constructor} }}",
        "RNN0014",
        "A constructor of 'Model' does not call a generated one, which makes the weights: write ': this(seed: 0)' "
            + "behind its parameters");

    [Theory]
    [InlineData("public Model(ulong seed) : this(seed, null) { }", null)]
    [InlineData("public Model(string name) : this(seed: 1) => Name = name;", null)]
    [InlineData(
        "private [|Model|](RnnGen.Training.ModelKernels<float> kernels) : this(seed: 1) { }",
        "constructor 'Model(ModelKernels<float>)'")]
    [InlineData("public int [|get_Target|]() => 1;", "method 'get_Target()'")]
    [InlineData("private static void [|set_Summary|](string? text) { }", "method 'set_Summary(string)'")]
    [InlineData("public void Save(System.IO.TextWriter writer) { }", null)]
    [InlineData("void System.IDisposable.Dispose() { }", null)]
    public void Class_WithAnotherMember_IsReportedWhereItClashes(string member, string? clash)
    {
        string source = $"using RnnGen; {Attributes} public partial class Model : System.IDisposable "
            + $"{{ public string Name {{ get; }} = \"\"; public void Dispose() {{ }} {member} }}";
        if (clash is null)
            DiagnosticAssert.Accepts(source.Replace("[|", "").Replace("|]", ""));
        else
            DiagnosticAssert.Reports(
                source, "RNN0015",
                $"'Model' gets a {clash} of its own, which cannot stand beside this one: write another "
                    + (clash.StartsWith("constructor", StringComparison.Ordinal) ? "list of parameters" : "name"));
    }

    [Theory]
    [InlineData(
        "SequenceModel, Input(1), Rnn(2, Name = \"rnn\"), Dense(3), CrossEntropy(Name = \"the_tag\"), From(\"rnn\"), "
            + "Dense(2), CrossEntropy",
        "TheTagOutputSize", "CrossEntropyOutputSize")]
    [InlineData(
        "EncoderDecoder, Encoder, Input(1), Rnn(2), Decoder, Input(1), Rnn(2), Dense(2), CrossEntropy",
        "SourceSteps", "OutputSize")]
    public void Member_CalledLikeOneOfAHeadOrStack_IsReported(string attributes, string first, string second)
    {
        foreach (string member in new[] { first, second })
        {
            DiagnosticAssert.Reports(
                $"using RnnGen; [{attributes}] public partial class Model {{ public int [|{member}|]; }}",
                "RNN0015",
                $"'Model' gets a member '{member}' of its own, which cannot stand beside this one: write another "
                    + "name");
        }

        DiagnosticAssert.Accepts(
            $"using RnnGen; [{attributes}] public partial class Model {{ public int Steps{first}; void Run() {{ }} }}");
    }

    [Fact]
    public void Constructor_WithTheParametersOfAGeneratedOne_IsReported() => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} public partial class [|Model|] "
            + "{ public [|Model|](ulong seed, RnnGen.Kernels.SimdTarget? target) { } }",
        ("RNN0014",
            "A constructor of 'Model' does not call a generated one, which makes the weights: "
            + "write ': this(seed: 0)' behind its parameters"),
        ("RNN0015",
            "'Model' gets a constructor 'Model(ulong, SimdTarget?)' of its own, which cannot stand beside this one: "
            + "write another list of parameters"));

    [Fact]
    public void Member_Required_IsReported() => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} public partial class Model {{ public required string [|Name|] {{ get; init; }} }}",
        "RNN0017",
        "'Name' is required, and Load, which makes a 'Model', has no value for it: take the word 'required' away and "
            + "give it a first value");

    [Fact]
    public void Member_RequiredByTheBase_IsReported() => DiagnosticAssert.Reports(
        "using RnnGen; public class Named { public required string Name { get; init; } } "
            + $"{Attributes} public partial class [|Model|] : Named;",
        "RNN0017",
        "'Name' is required by 'Named', and Load, which makes a 'Model', has no value for it: take the word away "
            + "there, or that base class here");

    [Fact]
    public void BaseClass_ThatIsAModel_IsReported() => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} public partial class Parent; "
            + $"{Attributes} public partial class [|Model|] : Parent;",
        "RNN0016",
        "'Model' inherits all members of a model from 'Parent' and gets one of its own, which would hide it: "
            + "make it a model of its own, without that base class");

    [Theory]
    [InlineData("SequenceModel([|Batch = Other.Batch|]), Input(1)", "Batch")]
    [InlineData("SequenceModel, Input([|2 * Other.OutputSize|])", "OutputSize")]
    public void Number_OfAnotherModel_IsReported(string attributes, string name) => DiagnosticAssert.Reports(
        $"using RnnGen; {Attributes} public partial class Other; "
            + $"[{attributes}, Rnn(2), Dense(1), MeanSquaredError] public partial class Model;",
        "RNN0019",
        $"'Other.{name}' is generated, and so not known yet when 'Model' is: write its number, or a constant of your "
            + "own for both");

    [Fact]
    public void Number_OfAnEncoderDecoder_IsReported() => DiagnosticAssert.Reports(
        "using RnnGen; [EncoderDecoder, Encoder, Embedding(9, 2), Gru(3), Decoder, Embedding(7, 2), Gru(3), "
            + "Dense([|Model.TargetVocabulary|]), CrossEntropy] public partial class Model;",
        "RNN0019",
        "'Model.TargetVocabulary' is generated, and so not known yet when 'Model' is: write its number, or a constant "
            + "of your own for both");

    [Fact]
    public void Number_OfAClassWithAConstantOfThatName_IsAccepted() => DiagnosticAssert.Accepts(
        "using RnnGen; public static class Sizes { public const int Batch = 3, Steps = 2; } "
            + "[SequenceModel(Batch = Sizes.Batch, Steps = Sizes.Steps), Input(1), Rnn(2), Dense(1), MeanSquaredError] "
            + "public partial class Model;");

    [Fact]
    public void Layers_WithoutModel_AreReported() => DiagnosticAssert.Reports(
        "using RnnGen; [[|Input(1)|], Rnn(2), Dense(1), MeanSquaredError] public partial class Model;",
        "RNN0018",
        "'Model' has the layer 'Input' but is no model, so nothing is generated: write [SequenceModel] above it");

    [Fact]
    public void Class_WithAConstructorThatCallsTheGenerated_Compiles() => GeneratorHarness.Run(
        $"using RnnGen; {Attributes} public partial class Model "
            + "{ public string Name { get; } = \"\"; public Model(string name) : this(seed: 1) => Name = name; "
            + "static Model() { } }").AssertCompiles();

    [Fact]
    public void Class_WhoseBaseNeedsNoArguments_IsAccepted() => DiagnosticAssert.Accepts(
        $"using RnnGen; public class Named(string name = \"\") {{ public string Name => name; }} "
            + $"{Attributes} public partial class Model : Named;");

    [Fact]
    public void Project_WithoutUnsafeBlocks_IsReported() => DiagnosticAssert.Reports(
        ProjectSettings.Usual with { AllowUnsafe = false },
        $"using RnnGen; {Attributes} public partial class [|Model|];",
        ("RNN0009",
            "The code of 'Model' works on pointers, which this project does not allow: "
            + "write <AllowUnsafeBlocks>true</AllowUnsafeBlocks> into the project file"));

    [Fact]
    public void Project_OfOlderCSharp_IsReported() => DiagnosticAssert.Reports(
        ProjectSettings.Usual with { Language = LanguageVersion.CSharp9 },
        $"using RnnGen; {Attributes} public partial class [|Model|] {{ }}",
        ("RNN0010",
            "The code of 'Model' is C# 12, and this project is set to C# 9: "
            + "take <LangVersion> out of the project file, or write 12 or more there"));

    [Fact]
    public void Project_OfTheOldestCSharpThatIsEnough_IsAccepted()
    {
        var language = (LanguageVersion)(100 * LanguageVersionRule.Needed);
        GeneratorHarness.Run(ProjectSettings.Usual with { Language = language }, Models.Character, Models.Forecaster)
            .AssertCompiles();
    }

    [Fact]
    public void Layer_UnknownAttribute_IsReported() => DiagnosticAssert.Reports(
        """
        using RnnGen;
        public sealed class MysteryAttribute : LayerAttribute;
        [SequenceModel, Input(1), Rnn(2), [|Mystery|], Dense(1), MeanSquaredError]
        public partial class Model;
        """,
        "RNN0011",
        "'Mystery' derives from LayerAttribute but is no layer that RnnGen has: "
            + "derive it from RecurrentAttribute<TCell> or LossAttribute<TLoss>, or take it away");

    [Fact]
    public void Cell_WithStatementThatIsNoEquation_IsReported() => DiagnosticAssert.Reports(
        """
        using RnnGen;
        using RnnGen.Cells;
        public sealed class Odd : ICell
        {
            private static Vector Step(Input x, Vector h, Gate gate)
            {
                while (true) { }
            }
        }
        [SequenceModel, Input(1), [|Recurrent<Odd>(2)|], Dense(1), MeanSquaredError]
        public partial class Model;
        """,
        "RNN0012",
        "The equations of 'Recurrent' cannot be read: "
            + "'while (true) { }': only local variables and one return may stand in equations");

    [Theory]
    [InlineData("Tanh(gate[x, h]) + Tanh(gate[h * h])", "gate 'gate' is applied to two recurrent operands")]
    [InlineData("Tanh(gate[x, h]) + Tanh(gate[x])", "gate 'gate' is applied to the input twice")]
    public void Cell_WithGateThatHasOneMatrixForTwoOperands_IsReported(string equation, string reason) =>
        DiagnosticAssert.Reports(
            $$"""
            using RnnGen;
            using RnnGen.Cells;
            using static RnnGen.Cells.Functions;
            public sealed class Odd : ICell
            {
                public static Vector Step(Input x, Vector h, Gate gate) => {{equation}};
            }
            [SequenceModel, Input(1), [|Recurrent<Odd>(2)|], Dense(1), MeanSquaredError]
            public partial class Model;
            """,
            "RNN0012", $"The equations of 'Recurrent' cannot be read: 'Step': {reason}");

    [Fact]
    public void Recurrent_WithoutSizeParameter_IsReported() => DiagnosticAssert.Reports(
        """
        using RnnGen;
        public sealed class SmallAttribute(int units) : RecurrentAttribute<RnnGen.Cells.Lstm>(units);
        [SequenceModel, Input(1), [|Small(2)|], Dense(1), MeanSquaredError]
        public partial class Model;
        """,
        "RNN0013", "The size of 'Small' is not known: give its constructor a parameter 'int size' and pass that on");
}
