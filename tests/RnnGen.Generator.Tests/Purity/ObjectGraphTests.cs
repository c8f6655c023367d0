using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Tests.Purity;

/// <summary>The walk finds what it is there to find.</summary>
public sealed class ObjectGraphTests
{
    private static readonly Assembly Own = typeof(ObjectGraphTests).Assembly;

    [Fact]
    public void Record_OfPlainValues_IsPure() =>
        Assert.Empty(ObjectGraph.Impurities(new Pure("a", 1, [("b", 2.0)], new Pure("c", 2, [], null)), Own));

    [Fact]
    public void Record_HoldingALocation_IsFoundAtItsPlace() =>
        Assert.Equal(
            ["Holder.Value: a location keeps its tree alive"],
            ObjectGraph.Impurities(new Holder(Location.None), Own));

    [Fact]
    public void Record_HoldingASymbol_IsFoundInATuple() =>
        Assert.Equal(
            ["Holder.Value.Item2: a symbol keeps its compilation alive"],
            ObjectGraph.Impurities(new Holder((1, GeneratorHarness.Compile().Assembly)), Own));

    [Fact]
    public void Record_HoldingADelegate_IsFound() =>
        Assert.Single(ObjectGraph.Impurities(new Holder(() => 1), Own));

    [Fact]
    public void Record_HoldingAList_IsFound() =>
        Assert.Single(ObjectGraph.Impurities(new Holder(new List<int>()), Own));

    [Fact]
    public void Record_WithASetter_IsFound() =>
        Assert.Equal(
            ["Mutable.Count: the field can be written after construction"],
            ObjectGraph.Impurities(new Mutable(), Own));

    [Fact]
    public void Class_ComparedByReference_IsFound() =>
        Assert.Single(ObjectGraph.Impurities(new Holder(new object()), Own));

    private sealed record Pure(string Name, int Size, ImmutableArray<(string, double)> Values, Pure? Next);

    private sealed record Holder(object Value);

    private sealed record Mutable
    {
        public int Count { get; set; }
    }
}
