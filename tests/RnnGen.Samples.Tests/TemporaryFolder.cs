namespace RnnGen.Samples.Tests;

/// <summary>A folder of one test's own, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-");

    /// <summary>Names of what is in it.</summary>
    public IEnumerable<string> Names => _folder.EnumerateFileSystemInfos().Select(item => item.Name).Order();

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A text that is quick to learn, of about 4,000 characters.</summary>
    public string WriteText()
    {
        string path = PathOf("text.txt");
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("Tag für Tag: a stitch in time saves nine.\n", 100)));
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
