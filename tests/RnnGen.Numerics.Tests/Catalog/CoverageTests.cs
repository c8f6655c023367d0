using System.Reflection;
using RnnGen.Numerics.Tests.Gradients;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Numerics.Tests.Reference;
using RnnGen.Numerics.Tests.Stacks;
using RnnGen.Numerics.Tests.Streaming;
using RnnGen.Numerics.Tests.Targets;
using RnnGen.Tests.Catalog;

namespace RnnGen.Numerics.Tests.Catalog;

/// <summary>
/// Whatever the runtime ships for models to be declared with is in the models that each kind of test runs over: whoever
/// adds a layer, loss, cell or option hears here which test lacks it.
/// </summary>
public sealed class CoverageTests
{
    public static TheoryData<string> Shipped => [.. ShippedFeatures.All];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Feature_OfTheRuntime_HasAGradientCheck(string feature) =>
        Demand(feature, "no gradient check", nameof(GradientTests), Names(GradientTests.Models));

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Feature_OfTheRuntime_HasALiteralReference(string feature) =>
        Demand(feature, "no literal reference", nameof(LiteralTests), Names(LiteralTests.Models));

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Feature_OfTheRuntime_IsComparedOnEveryTarget(string feature) =>
        Demand(feature, "no comparison of lanes", nameof(TargetTests), Names(TargetTests.Models));

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Feature_ThatStreams_IsComparedWithBatches(string feature)
    {
        if (!KeepsFromStreaming(feature))
        {
            Demand(feature, "no comparison of a stream with a batch", nameof(StreamingTests), Streaming);
        }
    }

    [Fact]
    public void Feature_ThatKeepsFromStreaming_IsThatAModelReadsItsEnd() => Assert.Equal(
        ["Recurrent.Bidirectional otherwise"],
        ShippedFeatures.All.Where(KeepsFromStreaming).Except(OnlyOfDecoders));

    private static HashSet<string> Streaming => Names(StreamingTests.Models);

    // Of encoder–decoders, which have tests of their own: gradients, literal reference and all targets.
    private static HashSet<string> OfDecoders =>
    [
        .. AttentiveCatalog.All.Values
            .SelectMany(type => type.GetCustomAttributes<LayerAttribute>())
            .SelectMany(ShippedFeatures.Of),
    ];

    private static IEnumerable<string> OnlyOfDecoders =>
        OfDecoders.Where(feature => !ModelCatalog.Declared.Any(model => Features(model).Contains(feature)));

    // Where a model does not stream and all else in it does elsewhere.
    private static bool KeepsFromStreaming(string feature)
    {
        HashSet<string> streams = [.. Streaming.SelectMany(name => Features(ModelCatalog.Find(name)))];
        return OnlyOfDecoders.Contains(feature) || (!streams.Contains(feature) && ModelCatalog.Declared.Any(model =>
            !model.Streams && Features(model).Contains(feature)
            && Features(model).All(other => other == feature || streams.Contains(other))));
    }

    private static void Demand(string feature, string lack, string test, HashSet<string> models) => Assert.True(
        OnlyOfDecoders.Contains(feature) || models.Any(model => Features(ModelCatalog.Find(model)).Contains(feature)),
        $"{feature} has {lack}: none of the models that {test} runs over is declared with it. Declare one in "
            + $"{typeof(ModelCatalog).Assembly.GetName().Name}/Models.");

    private static HashSet<string> Features(ModelFacts model) =>
        [.. model.Layers.SelectMany(ShippedFeatures.Of)];

    private static HashSet<string> Names(IEnumerable<object[]> rows) => [.. rows.Select(row => (string)row[0])];
}
