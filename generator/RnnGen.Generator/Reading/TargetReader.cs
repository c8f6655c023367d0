using Microsoft.CodeAnalysis.Diagnostics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Reading;

/// <summary>Reads which SIMD targets the project asks for.</summary>
internal static class TargetReader
{
    // As the compiler gets MSBuild's property of this name.
    private const string Property = "build_property.RnnGenTargets";

    /// <summary>The names in the order in which they are written; null where the property is not set.</summary>
    public static EquatableArray<string>? Read(AnalyzerConfigOptionsProvider options, CancellationToken cancellation) =>
        options.GlobalOptions.TryGetValue(Property, out string? value) && !string.IsNullOrWhiteSpace(value)
            ? value.Split(',', ';').Select(name => name.Trim()).Where(name => name.Length > 0).ToEquatableArray()
            : null;
}
