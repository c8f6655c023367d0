using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RnnGen.Generator.Tests.Harness;

/// <summary>The MSBuild properties of a user's project, as far as the compiler passes them on.</summary>
internal sealed class BuildProperties(params (string Name, string Value)[] properties) : AnalyzerConfigOptionsProvider
{
    /// <summary>What the package's own build files show, as the compiler gets it.</summary>
    public static BuildProperties OfAPackageUser(ProjectSettings settings) => new(
        ("AllowUnsafeBlocks", "true"), ("RootNamespace", "UserProject"), ("RnnGenTargets", settings.Targets));

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options((string Name, string Value)[] properties) : AnalyzerConfigOptions
    {
        private readonly Dictionary<string, string> _values =
            properties.ToDictionary(p => $"build_property.{p.Name}", p => p.Value, KeyComparer);

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            _values.TryGetValue(key, out value);
    }
}
