using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;
using RnnGen.Generator.Reading;

namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>
/// Members of the user's, own and inherited, called like those that a model gets: an error of RnnGen's at the member,
/// or nothing at all, but never one inside a generated file. The names are those of the members that are generated.
/// </summary>
public sealed class MemberClashTests
{
    private const string Tokens = "SequenceModel, Embedding(5, 2), Rnn(2), Dense(3), CrossEntropy";

    private const string Features =
        "SequenceModel(Precision = Precision.Double), Input(1), Rnn(2), Dense(1), MeanSquaredError";

    private const string Heads =
        "SequenceModel, Embedding(5, 2), Gru(3, Name = \"trunk\"), Dense(3), CrossEntropy(Name = \"tag\"), "
            + "From(\"trunk\"), Last, Dense(2), MeanSquaredError(Name = \"mood\")";

    private const string Stacks =
        "EncoderDecoder, Encoder, Embedding(5, 2), Lstm(3), Decoder, Input(2), Lstm(3), Dense(4), CrossEntropy";

    /// <summary>What a user may declare; {0} is the name, {1} the parameters of the generated method, if any.</summary>
    private static readonly string[] Declarations =
    [
        "{2} const int {0} = 1;",
        "{2} static int {0} => 1;",
        "{2} int {0} {{ get; set; }}",
        "{2} event System.Action {0} {{ add {{ }} remove {{ }} }}",
        "{2} class {0};",
        "{2} enum {0}",
        "{2} delegate void {0}();",
        "{2} interface {0}<TItem>;",
        "{2} void {0}(System.DateTime first, System.DateTime second, System.DateTime third) {{ }}",
        "{2} void {0}<TItem>({1}) {{ }}",
        "{2} static int {0}({1}) => 1;",
        "{2} virtual void {0}({1}) {{ }}",
    ];

    private static readonly ConcurrentDictionary<string, Compilation> Models = new();

    public static TheoryData<string, string, string> Own => Cases(["public", "private"]);

    public static TheoryData<string, string, string> Inherited => Cases(["public", "protected", "private"]);

    [Theory]
    [MemberData(nameof(Own))]
    public void Member_OfTheModelsOwn_IsReportedOrCompiles(
        string attributes, string access, string declaration)
    {
        var members = Candidates(attributes, declaration);
        string text = string.Join("\n", members.Select(member => Text(declaration, access, member)));
        string source = $"using RnnGen; [{attributes}] public partial class Model {{\n{text}\n}}";
        var run = GeneratorHarness.Run(source);

        var clashing = members.Where(member => Clashes(declaration, member)).Select(member => member.Name);
        Assert.Equal(clashing, run.Diagnostics.Select(diagnostic => NameAt(source, diagnostic)));
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("RNN0015", diagnostic.Id));
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [MemberData(nameof(Inherited))]
    public void Member_OfABaseClass_IsReportedAtTheModelOrCompiles(
        string attributes, string access, string declaration)
    {
        var members = Candidates(attributes, declaration);
        string text = string.Join("\n", members.Select(member => Text(declaration, access, member)));
        string source =
            $"using RnnGen; public class Parent {{\n{text}\n}} [{attributes}] public partial class Model : Parent;";
        var run = GeneratorHarness.Run(source);

        var clashing = members.Where(member => access != "private" && Clashes(declaration, member));
        Assert.Equal(clashing.Count(), run.Diagnostics.Length);
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("RNN0016", diagnostic.Id));
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("Model", NameAt(source, diagnostic)));
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData(Tokens)]
    [InlineData(Features)]
    [InlineData("SequenceModel, Embedding(5, 2), Gru(2, Bidirectional = true), Dense(3)")]
    [InlineData(Heads)]
    [InlineData(
        "SequenceModel(Precision = Precision.Double), Input(2), Gru(3, Bidirectional = true, Name = \"trunk\"), "
            + "Dense(3), CrossEntropy, From(\"trunk\"), Dense(2), MeanSquaredError, From(\"trunk\"), Dense(1), "
            + "MeanSquaredError(Name = \"b.c-d\")")]
    [InlineData(Stacks)]
    [InlineData(
        "EncoderDecoder(Precision = Precision.Double), Encoder, Input(2), Lstm(3), Decoder, Embedding(5, 2), Lstm(3)")]
    [InlineData(
        "EncoderDecoder, Encoder, Input(2), Gru(3), Decoder, Input(1), Gru(3, Name = \"trunk\"), Dense(1), "
            + "MeanSquaredError, From(\"trunk\"), Last, Dense(2), CrossEntropy")]
    public void Members_ThatAModelGets_AreThoseOfTheTable(string attributes)
    {
        var run = GeneratorHarness.Run($"using RnnGen; [{attributes}] public partial class Model;");
        var spec = ((CheckedModel)Assert.Single(run.OutputsOf(TrackingNames.Check)).Value).Spec;
        var accessors = Generated(attributes).OfType<IPropertySymbol>().SelectMany(
            property => GeneratedMembers.AccessorsOf(property.Name, TypeName(property.Type)));

        // What is explicit stands in nobody's way.
        var emitted = Generated(attributes, withConstructors: true)
            .Where(member => !member.Name.Contains('.', StringComparison.Ordinal) || member.Name == ".ctor")
            .Select(MemberReader.Shape)
            .Select(shape => shape with
            {
                Parameters = shape.Parameters.Select(type => type == "global::Model.State" ? "State" : type)
                    .ToEquatableArray(),
            });

        Assert.Equal(
            emitted.Concat(accessors).Select(Line).Order(StringComparer.Ordinal),
            GeneratedMembers.Of(spec).Select(Line).Order(StringComparer.Ordinal));
        Assert.All(emitted, shape => Assert.True(GeneratedMembers.CanClash(shape.Name), shape.Name));
    }

    private static string Line(MemberShape shape) =>
        $"{shape.Kind} {shape.Name}<{shape.Arity}>({string.Join(", ", shape.Parameters)})";

    private static TheoryData<string, string, string> Cases(string[] accesses)
    {
        var cases = new TheoryData<string, string, string>();
        foreach (string attributes in new[] { Tokens, Features, Heads, Stacks })
        {
            // Who may see a member has nothing to do with how many inputs and heads there are.
            foreach (string access in attributes is Tokens or Features ? accesses : accesses[..1])
            {
                foreach (string declaration in Declarations)
                {
                    if (access != "private" || !declaration.Contains("virtual", StringComparison.Ordinal))
                        cases.Add(attributes, access, declaration);
                }
            }
        }

        return cases;
    }

    // Overloads differ in their parameters: a declaration without them can stand once.
    private static List<ISymbol> Candidates(string attributes, string declaration)
    {
        var members = Generated(attributes).Where(member => Suits(declaration, member));
        return
        [
            .. declaration.Contains("{1}", StringComparison.Ordinal)
                ? members
                : members.DistinctBy(member => member.Name),
        ];
    }

    // Parameters are those of a method, which may name the generated types.
    private static bool Suits(string declaration, ISymbol generated) =>
        generated is not INamedTypeSymbol || !declaration.Contains("{1}", StringComparison.Ordinal);

    private static bool Clashes(string declaration, ISymbol generated) => generated switch
    {
        INamedTypeSymbol => !declaration.Contains("interface", StringComparison.Ordinal),
        IMethodSymbol => !declaration.Contains("DateTime", StringComparison.Ordinal)
            && !declaration.Contains("void {0}<", StringComparison.Ordinal),
        _ => true,
    };

    private static string Text(string declaration, string access, ISymbol generated)
    {
        var parameters = generated is IMethodSymbol method
            ? string.Join(", ", method.Parameters.Select(
                (parameter, i) => $"{Prefix(parameter.RefKind)}{TypeName(parameter.Type)} a{i}"))
            : "int a";
        string text = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, declaration, generated.Name, parameters, access);
        return declaration.Contains("enum", StringComparison.Ordinal) ? text + " { None }" : text;
    }

    private static string NameAt(string source, Diagnostic diagnostic) =>
        source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);

    private static string Prefix(RefKind kind) => kind == RefKind.In ? "in " : "";

    private static string TypeName(ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static IEnumerable<ISymbol> Generated(string attributes, bool withConstructors = false) =>
        Models.GetOrAdd(attributes, Compiled).GetTypeByMetadataName("Model")!.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && member is not IMethodSymbol { AssociatedSymbol: not null })
            .Where(member => withConstructors || member.CanBeReferencedByName);

    private static Compilation Compiled(string attributes) =>
        GeneratorHarness.Run($"using RnnGen; [{attributes}] public partial class Model;").AssertCompiles().Compilation;
}
