namespace RnnGen.Generator.Model;

/// <summary>A file to add to the compilation.</summary>
/// <param name="Model">The model's full name.</param>
/// <param name="Part">Which of the model's files: empty, or a dot and a word for each level.</param>
internal sealed record GeneratedFile(string Model, string Part, string Text)
{
    /// <summary>The file's name, unique in the compilation.</summary>
    /// <param name="alike">Full names of models whose files would have equal names.</param>
    public string Hint(EquatableArray<string> alike)
    {
        int index = alike.IndexOf(Model);
        return Model + (index < 0 ? "" : $".{index + 1}") + Part + ".g.cs";
    }

    /// <summary>
    /// Those of some full names, in ordinal order, that differ from another in case only, which file names may not, or
    /// stand inside another, where they might be named like one of its parts.
    /// </summary>
    public static EquatableArray<string> Alike(IEnumerable<string> models)
    {
        string[] names = [.. models.Distinct().OrderBy(model => model, StringComparer.Ordinal)];
        return names.Where(name => names.Any(other => other != name && AreAlike(name, other))).ToEquatableArray();
    }

    private static bool AreAlike(string name, string other) =>
        string.Equals(name, other, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(other + ".", StringComparison.OrdinalIgnoreCase);
}
