using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Tests.Diagnostics;

/// <summary>Every diagnostic has a number of its own, an explanation, a line in the release notes and a test.</summary>
public sealed partial class DiagnosticCatalogTests
{
    private static readonly string GeneratorFolder = Repository.Folder("generator", "RnnGen.Generator");
    private static readonly ImmutableArray<DiagnosticDescriptor> Descriptors = FindDescriptors();

    public static TheoryData<string> Ids => [.. AllIds];

    internal static ImmutableArray<string> AllIds => [.. Descriptors.Select(descriptor => descriptor.Id)];

    [Fact]
    public void Ids_OfAllDescriptors_AreUniqueAndWellFormed()
    {
        Assert.NotEmpty(Descriptors);
        Assert.Equal(Descriptors.Length, Descriptors.Select(descriptor => descriptor.Id).Distinct().Count());
        Assert.All(Descriptors, descriptor => Assert.Matches("^RNN[0-9]{4}$", descriptor.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Diagnostic_HelpLink_LeadsToItsAnchor(string id)
    {
        var link = Descriptors.First(descriptor => descriptor.Id == id).HelpLinkUri;
        var anchors = Headings().Matches(File.ReadAllText(Path.Combine(GeneratorFolder, "Diagnostics.md")))
            .Select(heading => AnchorOf(heading.Groups[1].Value.TrimEnd('\r')));

        Assert.Contains("/Diagnostics.md#", link);
        Assert.Contains(link[(link.IndexOf('#') + 1)..], anchors);
        Assert.Contains(id, link, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Diagnostic_IsTrackedInReleases(string id)
    {
        var releases = File.ReadAllText(Path.Combine(GeneratorFolder, "AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Path.Combine(GeneratorFolder, "AnalyzerReleases.Unshipped.md"));
        Assert.Contains($"\n{id} |", releases);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Diagnostic_HasATest(string id)
    {
        var tests = Repository.Files(Path.Combine(Repository.Tests, "Diagnostics"), ".cs").Select(File.ReadAllText);
        Assert.Contains(tests, text => text.Contains($"\"{id}\"", StringComparison.Ordinal));
    }

    private static ImmutableArray<DiagnosticDescriptor> FindDescriptors()
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var types = typeof(ModelGenerator).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters).ToList();
        var fields = types.SelectMany(type => type.GetFields(Static))
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!);
        var properties = types.SelectMany(type => type.GetProperties(Static))
            .Where(property => property.PropertyType == typeof(DiagnosticDescriptor))
            .Select(property => (DiagnosticDescriptor)property.GetValue(null)!);
        // A property and its backing field give the same object.
        var all = fields.Concat(properties).Distinct<DiagnosticDescriptor>(ReferenceEqualityComparer.Instance);
        return [.. all.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)];
    }

    // As GitHub makes a heading's anchor.
    private static string AnchorOf(string heading) =>
        NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NotInAnchors();
}
