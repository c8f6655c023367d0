using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>What a rule has found, and where it stands in the source.</summary>
internal sealed record PlacedFinding(Finding Finding, Place Place)
{
    /// <summary>What fills the gaps of the rule's message.</summary>
    public object[] Details => [.. Finding.Details];

    /// <summary>Findings in source order.</summary>
    public static EquatableArray<PlacedFinding> Of(IEnumerable<Finding> findings, DeclarationMap map) => findings
        .Select(finding => new PlacedFinding(finding, map.Of(finding)))
        .OrderBy(placed => placed.Place.Path, StringComparer.Ordinal)
        .ThenBy(placed => placed.Place.Span.Start)
        .ToEquatableArray();
}
