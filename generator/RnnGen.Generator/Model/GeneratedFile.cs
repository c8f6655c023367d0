namespace RnnGen.Generator.Model;

/// <summary>A file to add to the compilation.</summary>
/// <param name="Model">The model's full name.</param>
/// <param name="Part">Which of the model's files: empty, or a dot and a word for each level.</param>
internal sealed record GeneratedFile(string Model, string Part, string Text)
{
    /// <summary>The file's name, unique in the compilation.</summary>
    /// <param name="alike">Full names of models that differ from another's in case only: file names may not.</param>
    public string Hint(EquatableArray<string> alike)
    {
        int index = alike.IndexOf(Model);
        return Model + (index < 0 ? "" : $".{index + 1}") + Part + ".g.cs";
    }

    /// <summary>Those of some full names that differ from another in case only, in ordinal order.</summary>
    public static EquatableArray<string> Alike(IEnumerable<string> models) => models
        .Distinct()
        .GroupBy(model => model, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .SelectMany(group => group)
        .OrderBy(model => model, StringComparer.Ordinal)
        .ToEquatableArray();
}
