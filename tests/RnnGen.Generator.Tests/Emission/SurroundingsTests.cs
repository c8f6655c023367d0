namespace RnnGen.Generator.Tests.Emission;

/// <summary>Generated code compiles wherever a user puts the model, and whatever else the user calls things.</summary>
public sealed class SurroundingsTests
{
    private const string Attributes =
        "[RnnGen.SequenceModel, RnnGen.Embedding(9, 3), RnnGen.Gru(5, Bidirectional = true), RnnGen.Max, "
        + "RnnGen.Dense(3), RnnGen.CrossEntropy]";

    [Fact]
    public void Model_InTheGlobalNamespace_Compiles() => Accepts($"{Attributes} public sealed partial class Model;");

    [Fact]
    public void Model_NamedLikeAKeyword_Compiles() => Accepts($"{Attributes} public sealed partial class @class;");

    [Fact]
    public void Namespaces_NamedLikeKeywords_Compile() =>
        Accepts($"namespace @int.@class; {Attributes} public sealed partial class @event;");

    [Fact]
    public void Model_NestedThreeDeep_Compiles() => Accepts(
        $$"""
        namespace Some.Where;
        public partial interface IOuter
        {
            public partial record Middle(int Size)
            {
                public static partial class @new
                {
                    {{Attributes}} private sealed partial class Model;
                }
            }
        }
        """);

    [Theory]
    [InlineData("System")]
    [InlineData("RnnGen")]
    [InlineData("System.Runtime")]
    public void Namespaces_NamedLikeThoseThatAreUsed_Compile(string space) => Accepts(
        $"namespace My.{space}; {Attributes.Replace("RnnGen.", "global::RnnGen.")} public sealed partial class Model;");

    [Fact]
    public void Types_NamedLikeThoseThatAreUsed_Compile() => Accepts(
        $$"""
        internal struct Vector; internal struct Vector128; internal struct Vector256; internal struct Vector512;
        internal struct Span; internal struct ReadOnlySpan<T>; internal struct Span<T>; internal class Math;
        internal struct V; internal class Pass; internal struct Pass<T>; internal class Dense; internal class Arena<T>;
        internal class Avx; internal class Avx512F; internal class Fma; internal class Unsafe; internal class MathF;
        internal class PanelMap; internal class RowMap; internal class TensorMap; internal class ModelKernels<T>;
        internal class ImmutableArray; internal class ImmutableArray<T>; internal class Zeros; internal class Normal;
        internal class MethodImpl; internal class MethodImplAttribute; internal class MethodImplOptions;
        internal class Vector<T>; internal class WorkerTeam;
        {{Attributes}} public sealed partial class Model;
        """);

    [Fact]
    public void Types_NextToTheModel_NamedLikeThoseThatAreUsed_Compile() => Accepts(
        $$"""
        namespace Mine;
        internal class Exception; internal class InvalidOperationException; internal class State;
        internal class Trainer;
        internal class SimdTarget; internal class ModelRuntime<T>; internal class Obsolete; internal class Span<T>;
        internal class ReadOnlySpan<T>; internal class TrainingOptions; internal class String; internal class Object;
        {{Attributes}} public sealed partial class Model;
        """);

    [Fact]
    public void Models_WhoseFullNamesAreAlike_Compile() => Accepts(
        $"namespace A.B_C {{ {Attributes} public partial class D; }} "
            + $"namespace A_B.C {{ {Attributes} public partial class D; }} "
            + $"namespace A.B.C {{ {Attributes} public partial class D; }}");

    [Fact]
    public void Models_WhoseNamesDifferInCaseOnly_Compile() => Accepts(
        $"{Attributes} public partial class Model; {Attributes} public partial class MODEL; "
            + $"{Attributes} public partial class MoDel;");

    [Fact]
    public void Model_InsideAnotherAndNamedLikeItsPart_Compiles() => Accepts(
        $"{Attributes} public partial class Model {{ {Attributes} public partial class Avx2; }}");

    [Fact]
    public void Layers_NamedLikeOtherPartsOfGeneratedCode_Compile() => Accepts(
        """
        using RnnGen;
        [SequenceModel, Embedding(9, 3, Name = "pooled"), Lstm(5, Layers = 2, Dropout = 0.5f, Name = "zeros")]
        [Dense(3, Name = "dropout1"), Rnn(4, Name = "lstm"), Dense(4, Name = "step")]
        [Max, Dense(4, Name = "lstmLayer0")]
        [Dense(5, Name = "dzeros"), CrossEntropy]
        public sealed partial class Model;
        """);

    [Fact]
    public void Hints_OfAllFiles_AreTheModelsFullName()
    {
        var run = GeneratorHarness.Run(
            $"namespace My.@class; partial class Outer {{ {Attributes} partial class @int; }}");
        Assert.All(run.Files, file => Assert.StartsWith("My.class.Outer.int.", file.HintName));
    }

    // What the compiler has against a name it says where the user wrote it, and nowhere else.
    [Theory]
    [InlineData("model")]
    [InlineData("größe")]
    [InlineData("Größe")]
    [InlineData("_")]
    [InlineData("V")]
    [InlineData("@record")]
    [InlineData("@dynamic")]
    [InlineData("@nint")]
    [InlineData("@field")]
    [InlineData("@file")]
    [InlineData("@required")]
    [InlineData("@scoped")]
    [InlineData("@extension")]
    [InlineData("@await")]
    [InlineData("@where")]
    [InlineData("@value")]
    [InlineData("@object")]
    [InlineData("System")]
    [InlineData("RnnGen")]
    [InlineData("Generated")]
    [InlineData("Kernels")]
    [InlineData("Avx2Kernels")]
    [InlineData("ModelRuntime")]
    [InlineData("Math")]
    public void Model_OfAnyName_HasNoWarningInGeneratedFiles(string name)
    {
        string attributes = Attributes.Replace("RnnGen.", "global::RnnGen.");
        string broken = attributes.Replace("Dense(3)", "Dense(0)");
        var settings = ProjectSettings.Usual with { ReadsDocumentation = true };
        var run = GeneratorHarness.Run(
            settings,
            $"namespace Space.{name} {{ {attributes} public partial class {name} {{ }} }}",
            $"namespace shell.{name} {{ partial class {name} {{ {broken} partial class {name}x {{ }} }} }}",
            $"namespace outer {{ partial class {name} {{ {attributes} partial class inner {{ }} }} }}");

        Assert.Equal("RNN1009", Assert.Single(run.Diagnostics).Id);
        AssertNoneInGeneratedFiles(run);
    }

    [Fact]
    public void Aliases_OfTheWholeProject_NamedLikeThoseThatAreUsed_Compile() => Accepts(
        $$"""
        global using V = System.String; global using Vector128 = System.String; global using Span = System.Int32;
        global using System2 = System; global using RnnGen2 = RnnGen; global using Fma = System.DateTime;
        global using Avx = System.DateTime; global using ModelKernels = System.DateTime;
        global using State = System.DateTime; global using Trainer = System.DateTime;
        global using Math = System.DateTime; global using static Mine.Functions;
        namespace Mine
        {
            public static class Functions
            {
                public static float Sigmoid(float x) => x;
                public static float Tanh(float x) => x;
                public static void Forward() { }
                public static void Multiply(float x) { }
                public static class Unsafe;
                public static class Arena<T>;
            }
            {{Attributes}} public sealed partial class Model;
        }
        """);

    [Theory]
    [InlineData("[System.Obsolete] public class Parent;", ": Parent")]
    [InlineData(
        "public class Parent { protected Parent(int a = 0) { } protected Parent(string b = \"\") { } }", ": Parent")]
    [InlineData("public interface IModel { void Save(string path); int Steps => 1; }", ": IModel")]
    public void Bases_OfTheModel_GiveNoDiagnosticInGeneratedFiles(string parent, string list)
    {
        var run = GeneratorHarness.Run($"{parent} {Attributes} public partial class Model {list};");

        Assert.Empty(run.Diagnostics);
        AssertNoneInGeneratedFiles(run);
    }

    private static void AssertNoneInGeneratedFiles(GeneratorRun run) => Offences.AssertNone(
        run.CompilerDiagnostics.Where(diagnostic => diagnostic.Location.SourceTree?.FilePath is not { } path
            || path.EndsWith(".g.cs", StringComparison.Ordinal)).Select(diagnostic => diagnostic.ToString()));

    private static void Accepts(string source) => GeneratorHarness.Run(source).AssertCompiles();
}
