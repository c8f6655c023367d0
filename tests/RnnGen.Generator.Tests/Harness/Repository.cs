using System.Runtime.CompilerServices;

namespace RnnGen.Generator.Tests.Harness;

/// <summary>The repository that these tests were compiled from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of this test project.</summary>
    public static string Tests { get; } = Folder("tests", "RnnGen.Generator.Tests");

    public static string Folder(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>All files of a folder with such an ending, without build output.</summary>
    public static IEnumerable<string> Files(string folder, string ending) =>
        Directory.EnumerateFiles(folder, "*" + ending, SearchOption.AllDirectories)
            .Where(path => !IsBuildOutput(Path.GetRelativePath(folder, path)))
            .Order(StringComparer.Ordinal);

    /// <summary>Whether a path below the repository is build output.</summary>
    public static bool IsBuildOutput(string relativePath) =>
        relativePath.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts" or ".git");

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        var folder = Path.GetDirectoryName(thisFile);
        while (folder is not null && !File.Exists(Path.Combine(folder, "RnnGen.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No RnnGen.sln above {thisFile}.");
    }
}
