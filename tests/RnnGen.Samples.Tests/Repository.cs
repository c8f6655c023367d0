using System.Runtime.CompilerServices;

namespace RnnGen.Samples.Tests;

/// <summary>The repository that these tests were compiled from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        string? folder = System.IO.Path.GetDirectoryName(thisFile);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "RnnGen.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No RnnGen.sln above {thisFile}.");
    }
}
