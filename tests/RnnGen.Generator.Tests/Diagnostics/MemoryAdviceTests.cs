using Microsoft.CodeAnalysis;
using RnnGen.Generator.Composition;
using RnnGen.Generator.Model;
using RnnGen.Generator.Rules;

namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>Advice about memory is one rule and a line in the catalog, and judges the whole model.</summary>
public sealed class MemoryAdviceTests
{
    private const string TwoStacks = "EncoderDecoder(SourceSteps = 17, TargetSteps = 9), Encoder, Embedding(30, 20), "
        + "Lstm(24), Decoder, Embedding(40, 20), Lstm(24), Dense(400), CrossEntropy";

    [Theory]
    [InlineData(TwoStacks)]
    [InlineData("SequenceModel, Input(3), Gru(5), Dense(1), MeanSquaredError")]
    public void Rule_OfMemory_GetsTheWholeModelAndItsNeeds(string declaration)
    {
        ModelSpec spec = Spec(declaration);
        var rule = new LargestLayerAdvice();

        Finding finding = Assert.Single(RuleCatalog.Advise(spec, [rule], default));

        Assert.Same(spec, rule.Model);
        Assert.Equal(MemoryNeeds.Of(spec), rule.Needs);
        long[] each = [.. MemoryNeeds.Of(spec).Layers.Select(layer => layer.Parameters)];
        Assert.Equal(Array.IndexOf(each, each.Max()), finding.Index);
    }

    [Fact]
    public void Finding_OfMemory_StandsBehindAdviceAboutLayers()
    {
        ModelSpec spec = Spec(TwoStacks.Replace("Lstm(24)", "Lstm(24, Dropout = 0.5f)").Replace(", CrossEntropy", ""));

        Assert.Equal(
            [("RNN9004", 2), ("RNN9004", 5), ("RNN9003", 0), (LargestLayerAdvice.Id, 6)],
            RuleCatalog.Advise(spec, [new LargestLayerAdvice()], default)
                .Select(finding => (finding.Id, finding.Index)));
    }

    // Needs are told by planning all layers for each target: nobody pays for that who does not ask.
    [Fact]
    public void Needs_WithoutARuleOfMemory_AreNotPlanned()
    {
        ModelSpec spec = Spec(TwoStacks);
        long planning = Allocated(() => MemoryNeeds.Of(spec));
        Assert.InRange(Allocated(() => RuleCatalog.Advise(spec, [], default)), 0, planning / 10);
    }

    private static long Allocated(Func<object> action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static ModelSpec Spec(string declaration)
    {
        var run = GeneratorHarness.Run($"using RnnGen; [{declaration}] public partial class Model;");
        return ((CheckedModel)Assert.Single(run.OutputsOf(TrackingNames.Check)).Value).Spec;
    }

    private sealed class LargestLayerAdvice : MemoryRule
    {
        public const string Id = "TEST0001";

        public override DiagnosticDescriptor Descriptor { get; } = new(
            Id, "Largest layer", "'{0}' is the largest", "Tests", DiagnosticSeverity.Info, isEnabledByDefault: true);

        public ModelSpec? Model { get; private set; }

        public MemoryNeeds? Needs { get; private set; }

        public override IEnumerable<Finding> Check(ModelSpec model, MemoryNeeds needs)
        {
            (Model, Needs) = (model, needs);
            long[] each = [.. needs.Layers.Select(layer => layer.Parameters)];
            int largest = Array.IndexOf(each, each.Max());
            return [OnLayer(largest, null, model.Title(largest))];
        }
    }
}
