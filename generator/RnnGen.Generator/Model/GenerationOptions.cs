namespace RnnGen.Generator.Model;

/// <summary>The settings of the project that generation looks at.</summary>
/// <param name="LanguageVersion">C#'s major version, such as 14.</param>
internal sealed record GenerationOptions(bool AllowUnsafeBlocks, int LanguageVersion)
{
    /// <summary>What the project's <c>RnnGenTargets</c> names; null where it is not set.</summary>
    public EquatableArray<string>? Targets { get; init; }
}
