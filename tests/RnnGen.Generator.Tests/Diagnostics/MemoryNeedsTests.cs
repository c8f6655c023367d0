using System.Text.RegularExpressions;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Rules;

namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>
/// What memory rules judge is what is planned, number by number; and sizes of any magnitude can be judged.
/// </summary>
public sealed class MemoryNeedsTests
{
    private static readonly string[] Models =
    [
        "SequenceModel, Embedding(96, 48), Lstm(128, Layers = 2, Dropout = 0.1f), Dense(96), CrossEntropy",
        "SequenceModel(Precision = Precision.Double), Input(3), Gru(33), LayerNorm, Dense(1), MeanSquaredError",
        "SequenceModel, Input(300), Gru(500, ResetAfter = true), Dense(99, Activation = Activation.Relu), CrossEntropy",
        "SequenceModel, Embedding(60, 32), PeepholeLstm(64, Bidirectional = true, Layers = 3), Max, Dense(18), "
            + "CrossEntropy",
        "SequenceModel, Input(16), Gru(64), Lstm(48, Bidirectional = true), Dropout(0.5f), Last, Dense(1), "
            + "MeanSquaredError",
        "SequenceModel, Input(64), Gru(64, Name = \"trunk\"), Last, Dense(64, Name = \"x\"), From(\"trunk\"), "
            + "Dense(1500), Mean, Concatenate(\"x\"), Dense(2), MeanSquaredError",
        "SequenceModel, Input(64), Lstm(64, Layers = 3, Residual = true), Add(\"input\"), Dense(64), "
            + "Activation(Activation.Tanh), MeanSquaredError",
        "SequenceModel, Input(130), Lstm(130, Projection = 40), Rnn(48, Bidirectional = true), Dense(7)",
        "EncoderDecoder(SourceSteps = 17, TargetSteps = 9), Encoder, Embedding(30, 20), Lstm(24), Decoder, "
            + "Embedding(40, 20), Lstm(24), Dense(40), CrossEntropy",
        "EncoderDecoder(SourceSteps = 17, TargetSteps = 9, Bridge = Bridge.Learned), Encoder, Embedding(30, 20), "
            + "Lstm(24, Bidirectional = true), Decoder, Embedding(40, 20), Attention(AttentionScore.Additive, 70), "
            + "Gru(90), Attention(AttentionScore.General), Dense(40), CrossEntropy",
    ];

    public static TheoryData<string> Declarations => [.. Models];

    [Fact]
    public void Models_HoldEveryLayer()
    {
        string text = string.Join("; ", Models);
        Offences.AssertNone(LayerCatalog.ByAttribute.Keys
            .Select(attribute => attribute["RnnGen.".Length..^"Attribute".Length])
            .Where(name => !Regex.IsMatch(text, $@"\b{name}\b")));
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Needs_OfAnyModel_AreThoseOfItsPlan(string declaration)
    {
        ModelSpec spec = Spec(declaration);
        ModelPlan plan = ModelPlanner.Plan(spec, default);

        var needs = MemoryNeeds.Of(spec);

        Assert.Equal(
            new ArenaLengths(
                new WeightLengths(
                    plan.Targets.Max(target => target.Parameters.Length),
                    plan.Targets.Max(target => target.Transposed.Length),
                    plan.Targets.Max(target => target.StepWeights.Length)),
                plan.Targets.Max(target => target.BackwardWorkspace.Length),
                plan.Targets.Max(target => target.State.Length)),
            needs.Numbers);
        int bytes = spec.Precision == Model.Precision.Double ? 8 : 4;
        Assert.Equal(needs.Numbers.Workspace * bytes, needs.Bytes.Workspace);
        Assert.Equal(needs.Numbers.Weights.Parameters, needs.Layers.Sum(layer => layer.Parameters));
    }

    /// <summary>
    /// Twice the sizes, steps and sequences take from twice to eight times the memory: whatever overflowed on the way
    /// would show. What no rule refuses is planned without harm.
    /// </summary>
    [Theory]
    [MemberData(nameof(Declarations))]
    public void Needs_OfEverLargerSizes_GrowUntilNoNumberHoldsThem(string declaration)
    {
        ModelSpec spec = Times(Spec(declaration), 64);
        ArenaLengths smaller = MemoryNeeds.Of(spec).Numbers;
        for (int doubling = 0; doubling < 26; doubling++)
        {
            spec = Times(spec, 2);
            ArenaLengths larger = MemoryNeeds.Of(spec).Numbers;
            bool isTwice = !spec.Layers.SelectMany(Sizes).Any(size => size.Number == int.MaxValue);
            AssertGrows(smaller.Weights.Parameters, larger.Weights.Parameters, isTwice);
            AssertGrows(smaller.Weights.Transposed, larger.Weights.Transposed, isTwice);
            AssertGrows(smaller.Workspace, larger.Workspace, isTwice);
            AssertGrows(smaller.State, larger.State, isTwice);
            AssertGrows(smaller.Weights.Step, larger.Weights.Step, isTwice);
            smaller = larger;
            if (RuleCatalog.Check(spec, default).Findings.Count == 0)
            {
                Assert.All(
                    ModelPlanner.Plan(spec, default).Targets,
                    target => Assert.InRange(target.BackwardWorkspace.Length, 1, MemoryNeeds.Most));
            }
        }

        Assert.Equal(long.MaxValue, smaller.Workspace);
        Assert.NotEmpty(RuleCatalog.Check(spec, default).Findings);
    }

    private static void AssertGrows(long smaller, long larger, bool isTwice)
    {
        if (larger < long.MaxValue)
        {
            Assert.InRange(larger, (isTwice ? 1.7 : 1) * smaller, 8.3 * smaller);
        }
        else
        {
            Assert.True(smaller > long.MaxValue / 9, $"{smaller} grew to {larger}");
        }
    }

    [Theory]
    [InlineData("Dense(#)", 2_000_000_000)]
    [InlineData("Lstm(#)", 50_000)]
    [InlineData("Gru(#, Bidirectional = true)", int.MaxValue)]
    [InlineData("PeepholeLstm(#, Layers = 2, Residual = true)", int.MaxValue)]
    [InlineData("Dense(#), LayerNorm, Activation(Activation.Tanh), Concatenate(\"input\")", int.MaxValue)]
    public void Needs_OfAHundredHugeLayers_AreToldWithNoMoreWorkThanThoseOfSmallOnes(string layers, int size)
    {
        ModelSpec small = Repeated(Spec($"SequenceModel, Input(20), {layers.Replace("#", "20")}, Dense(20)"), 100);
        ModelSpec huge = Repeated(
            Spec(
                $"SequenceModel(Steps = 100_000, Batch = 100_000), Input({size}), {layers.Replace("#", $"{size}")}, "
                    + "Dense(20)"),
            100);

        Assert.InRange(Allocated(huge), 1, Allocated(small) * 5 / 4);
        Assert.Equal(["RNN1010"], RuleCatalog.Check(huge, default).Findings.Select(finding => finding.Id));
    }

    private static long Allocated(ModelSpec spec)
    {
        MemoryNeeds.Of(spec);
        long before = GC.GetAllocatedBytesForCurrentThread();
        MemoryNeeds.Of(spec);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The layers between the first and the last so many times.</summary>
    private static ModelSpec Repeated(ModelSpec spec, int times) => spec with
    {
        Layers = spec.Layers.Take(1)
            .Concat(Enumerable.Repeat(spec.Layers.Skip(1).SkipLast(1), times).SelectMany((layers, i) => layers
                .Select(layer => layer.Cell is null && layer.Argument("size") is null
                    ? layer
                    : layer with { Arguments = layer.Arguments.Append(Name($"layer{i}")).ToEquatableArray() })))
            .Concat(spec.Layers.TakeLast(1))
            .ToEquatableArray(),
    };

    private static ArgumentSpec Name(string name) => new("Name", 0, name) { Kind = ArgumentKind.Text };

    private static ModelSpec Spec(string declaration)
    {
        var run = GeneratorHarness.Run($"using RnnGen; [{declaration}] public partial class Model;");
        return ((CheckedModel)Assert.Single(run.OutputsOf(TrackingNames.Check)).Value).Spec;
    }

    private static ModelSpec Times(ModelSpec spec, int factor) => spec with
    {
        Steps = Times(spec.Steps, factor),
        TargetSteps = Times(spec.TargetSteps, factor),
        Batch = Times(spec.Batch, factor),
        Layers = spec.Layers
            .Select(layer => layer with
            {
                Arguments = layer.Arguments
                    .Select(argument => Sizes(layer).Contains(argument)
                        ? argument with { Number = Times((int)argument.Number, factor) }
                        : argument)
                    .ToEquatableArray(),
            })
            .ToEquatableArray(),
    };

    private static IEnumerable<ArgumentSpec> Sizes(LayerSpec layer) => layer.Arguments
        .Where(argument => argument is { Kind: ArgumentKind.Integer, IsPositional: true });

    private static int Times(int number, int factor) => (int)Math.Min(int.MaxValue, (long)number * factor);
}
