using System.Reflection;
using System.Text.RegularExpressions;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Snapshots.Layers;

namespace RnnGen.Generator.Tests.Planning;

/// <summary>
/// What layers owe to each other, as Layers/README.md states it, seen in plans of the snapshots' models.
/// </summary>
public sealed partial class LayerContractTests
{
    private static readonly string Page =
        File.ReadAllText(Repository.Folder("generator", "RnnGen.Generator", "Layers", "README.md"));

    public static TheoryData<string> Models
    {
        get
        {
            MethodInfo method = typeof(LayerSnapshotTests).GetMethod(nameof(LayerSnapshotTests.Layer_OddSizes))!;
            return
            [
                .. method.GetCustomAttributes<InlineDataAttribute>()
                    .SelectMany(row => row.GetData(method))
                    .Select(arguments => (string)arguments[1]),

                // Rows of a linear layer, read once and several times.
                "Input(3), Dense(5), Dense(9), MeanSquaredError",
                "Input(3), Dense(5), Dense(70), MeanSquaredError",
                "Input(3), Dense(5), Gru(4, Bidirectional = true), Dense(2), MeanSquaredError",
                "Input(3), Dense(5), Dense(4), From(\"dense\"), Dense(3), Concatenate(\"dense1\"), Dense(2), "
                    + "MeanSquaredError",
                "Input(3), Dense(5), Dropout(0.5f), Add(\"dense\"), Dense(2), MeanSquaredError",
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void WeightGradient_OfAnyLayer_ComesBeforeAGradientTakesThePlaceOfItsRows(string layers)
    {
        foreach (TargetPlan plan in Plan(layers).Targets)
        {
            var written = new HashSet<Address>();
            foreach (PassOperation operation in plan.Backward)
            {
                Address? read = operation switch
                {
                    WeightGradient gradient => gradient.Source.Start,
                    NarrowWeightGradient gradient => gradient.Source.Start,
                    _ => null,
                };
                Assert.False(
                    read is not null && written.Contains(read),
                    $"{operation.Method} of {plan.Target.Name} reads rows that a gradient has taken the place of.");
                written.UnionWith(GradientsOf(operation));
            }
        }
    }

    // The two directions of one layer are one reader, which has its weights' gradients before either writes.
    [Theory]
    [MemberData(nameof(Models))]
    public void Gradient_OfAValueWithSeveralReaders_HasRowsOfItsOwn(string layers)
    {
        ModelPlan plan = Plan(layers);
        string[] rows = [.. RowsWithSeveralReaders(plan)];
        foreach (TargetPlan target in plan.Targets)
        {
            Assert.DoesNotContain(target.Backward.SelectMany(GradientsOf), start => rows.Contains(start.Name));
        }
    }

    // Else the two tests above would hold of nothing.
    [Fact]
    public void Models_OfTheseTests_HaveGradientsOfBothKinds()
    {
        ModelPlan[] plans = [.. Models.Cast<object[]>().Select(row => Plan((string)row[0]))];
        Assert.Contains(plans, plan => plan.Targets[0].Backward.SelectMany(GradientsOf)
            .Intersect(plan.Targets[0].Forward.SelectMany(RowsOf)).Any());
        Assert.Contains(plans, plan => plan.Targets[0].Forward.SelectMany(RowsOf)
            .Any(start => RowsWithSeveralReaders(plan).Contains(start.Name)));
    }

    private static IEnumerable<string> RowsWithSeveralReaders(ModelPlan plan)
    {
        var wiring = new Wiring(plan.Spec);
        return Enumerable.Range(0, plan.Spec.Layers.Count)
            .Where(layer => wiring.Readers(layer) > 1)
            .Select(layer => PlanBuilder.Identifier(wiring.Names[layer]) + "Rows");
    }

    [Fact]
    public void Page_EverySentence_NamesTestsThatAreThere()
    {
        var tests = Repository.Files(Repository.Folder("tests"), ".cs")
            .Where(path => !path.EndsWith(".verified.cs", StringComparison.Ordinal))
            .SelectMany(path => Methods().Matches(File.ReadAllText(path))
                .Select(method => $"{Path.GetFileNameWithoutExtension(path)}.{method.Groups[1].Value}"))
            .ToHashSet(StringComparer.Ordinal);
        string[] rules = [.. Page.Split("\n- ").Skip(1)];
        Assert.NotEmpty(rules);
        Offences.AssertNone(rules.Where(rule => !Names().IsMatch(rule)).Select(rule => $"No test is named: {rule}"));
        Offences.AssertNone(Names().Matches(Page).Select(name => name.Groups[1].Value)
            .Where(name => !tests.Contains(name))
            .Select(name => $"{name} is not there."));
    }

    [GeneratedRegex(@"public (?:async Task|void) (\w+)\(")]
    private static partial Regex Methods();

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Names();

    private static IEnumerable<Address> GradientsOf(PassOperation operation) =>
        operation is IGradientWriter writer ? writer.Gradients.Select(rows => rows.Start) : [];

    private static IEnumerable<Address> RowsOf(PassOperation operation) => operation switch
    {
        MultiplyRows product => product.Products.Select(part => part.Target.Start),
        MultiplyNarrow product => [product.Target.Start],
        GatherRows gather => [gather.Target.Start],
        MapRows map => map.Values.Select(rows => rows.Start),
        CopyRows copy => [copy.Target.Start],
        DropoutRows dropout => [dropout.Target.Start],
        PoolRows pool => [pool.Target.Start],
        _ => [],
    };

    internal static ModelPlan Plan(string layers)
    {
        var run = GeneratorHarness.Run(
            layers.StartsWith("EncoderDecoder", StringComparison.Ordinal)
                ? $"using RnnGen; [{layers}] public partial class Model;"
                : $"using RnnGen; [SequenceModel, {layers}] public partial class Model;");
        Assert.Empty(run.Diagnostics);
        ModelSpec spec = ((CheckedModel)Assert.Single(run.OutputsOf(TrackingNames.Check)).Value).Spec;
        return ModelPlanner.Plan(spec, default);
    }
}
