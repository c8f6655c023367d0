using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Generator.Tests.Harness;

/// <summary>What a user may set in a project file and the generated code depends on.</summary>
internal sealed record ProjectSettings(bool AllowUnsafe, LanguageVersion Language)
{
    public static ProjectSettings Usual { get; } = new(AllowUnsafe: true, LanguageVersion.CSharp14);

    /// <summary>The property <c>RnnGenTargets</c>; empty where it is not set.</summary>
    public string Targets { get; init; } = "";

    /// <summary>Whether documentation comments are read, as for a project with a documentation file.</summary>
    public bool ReadsDocumentation { get; init; }

    public CSharpParseOptions ParseOptions =>
        new(Language, ReadsDocumentation ? DocumentationMode.Diagnose : DocumentationMode.Parse);
}
