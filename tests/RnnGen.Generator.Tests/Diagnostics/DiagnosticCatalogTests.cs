using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Rules;

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
        Assert.Contains(tests, text => text.Contains($"\"{id}", StringComparison.Ordinal));
    }

    [Fact]
    public void Catalog_HoldsEveryRule()
    {
        var rules = typeof(Rule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract);
        Assert.Empty(rules.Except(RuleCatalog.Errors.Concat(RuleCatalog.Advice).Select(rule => rule.GetType())));
    }

    [Fact]
    public void Severities_FollowTheBlocks()
    {
        Assert.All(RuleCatalog.Errors, rule => Assert.Equal(DiagnosticSeverity.Error, rule.Descriptor.DefaultSeverity));
        Assert.All(RuleCatalog.Errors, rule => Assert.DoesNotMatch("^RNN9", rule.Descriptor.Id));
        var advice = new ModelAnalyzer().SupportedDiagnostics;
        Assert.All(advice, descriptor => Assert.True(descriptor.DefaultSeverity < DiagnosticSeverity.Error));
        Assert.All(advice, descriptor => Assert.Matches("^RNN9", descriptor.Id));
    }

    private static ImmutableArray<DiagnosticDescriptor> FindDescriptors()
    {
        var all = RuleCatalog.Errors.Select(rule => rule.Descriptor).Concat(new ModelAnalyzer().SupportedDiagnostics);
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
