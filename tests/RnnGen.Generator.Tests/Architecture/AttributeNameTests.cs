using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace RnnGen.Generator.Tests.Architecture;

/// <summary>The generator knows the runtime's types by their names only; so the names must be right.</summary>
public sealed partial class AttributeNameTests
{
    private static readonly ImmutableArray<string> Names =
    [
        .. new SourceFolder(Repository.Folder("generator", "RnnGen.Generator")).StringLiterals
            .Where(text => MetadataName().IsMatch(text))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> AttributeNames => [.. Names];

    [Theory]
    [MemberData(nameof(AttributeNames))]
    public void AttributeName_OfTheGenerator_IsATypeOfTheRuntime(string name)
    {
        var type = typeof(SequenceModelAttribute).Assembly.GetType(name);
        Assert.NotNull(type);
        Assert.True(type.IsAssignableTo(typeof(Attribute)), $"{name} is no attribute.");
    }

    // "RnnGen.LossAttribute`1", the form that ForAttributeWithMetadataName takes.
    [GeneratedRegex(@"^RnnGen(\.[A-Za-z]+)*\.[A-Za-z]+Attribute(`[0-9])?$")]
    private static partial Regex MetadataName();
}
