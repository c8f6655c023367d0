using System.Collections.Immutable;
using System.Reflection;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Reading;
using RnnGen.Losses;

namespace RnnGen.Generator.Tests.Architecture;

/// <summary>The generator knows the runtime's types by their names only; so the names must be right.</summary>
public sealed class AttributeNameTests
{
    private const BindingFlags Constants = BindingFlags.Static | BindingFlags.Public;

    private static readonly ImmutableArray<string> Names =
    [
        .. typeof(AttributeNames).GetFields(Constants).Select(field => (string)field.GetRawConstantValue()!),
        .. LayerCatalog.ByAttribute.Keys,
    ];

    public static TheoryData<string> TypeNames => [.. Names];

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void Name_InTheGenerator_IsATypeOfTheRuntime(string name)
    {
        var type = typeof(SequenceModelAttribute).Assembly.GetType(name);
        Assert.NotNull(type);
        Assert.True(!name.Contains("Attribute") || type.IsAssignableTo(typeof(Attribute)), $"{name} is no attribute.");
    }

    [Fact]
    public void Layers_OfTheRuntime_AreAllInTheCatalog()
    {
        var layers = typeof(LayerAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
            .Where(type => !type.IsSubclassOf(typeof(RecurrentAttribute)) && !IsLoss(type))
            .Where(type => !type.IsSubclassOf(typeof(StackAttribute)))
            .Select(type => type.FullName!);
        Assert.Equal(LayerCatalog.ByAttribute.Keys.Order(StringComparer.Ordinal), layers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Defaults_OfTheReader_AreTheAttributes()
    {
        var attribute = new SequenceModelAttribute();
        Assert.Equal(ModelReader.DefaultSteps, attribute.Steps);
        Assert.Equal(ModelReader.DefaultBatch, attribute.Batch);
        Assert.Equal(0, (int)attribute.Precision);
        var stacks = new EncoderDecoderAttribute();
        Assert.Equal(ModelReader.DefaultSteps, stacks.SourceSteps);
        Assert.Equal(ModelReader.DefaultSteps, stacks.TargetSteps);
        Assert.Equal(ModelReader.DefaultBatch, stacks.Batch);
        Assert.Equal(0, (int)stacks.Precision);
    }

    [Fact]
    public void MinimumOutputs_OfTheReader_IsTheAttributes()
    {
        Assert.NotNull(typeof(ExpectsLogitsAttribute).GetProperty(LayerReader.MinimumOutputs));
        Assert.Equal(1, new ExpectsLogitsAttribute().MinimumOutputs);
    }

    private static bool IsLoss(Type type) =>
        type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(LossAttribute<>);
}
