namespace RnnGen.Generator.Model;

/// <summary>A file to add to the compilation.</summary>
/// <param name="Hint">Its name, unique in the compilation.</param>
internal sealed record GeneratedFile(string Hint, string Text);
