using System.Runtime.CompilerServices;

namespace RnnGen.Package.Tests;

/// <summary>Tests that share one package; they run one after the other, since each starts whole builds.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<PackageFixture>
{
    internal const string Name = "Package";
}

/// <summary>The package, packed once for all tests, and a temporary folder for the projects that use it.</summary>
public sealed class PackageFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnngen-package").FullName;

    /// <summary>Path of the .nupkg file.</summary>
    public string Package { get; private set; } = "";

    internal Dotnet Dotnet => new(Path.Combine(_folder, "cache"));

    public async Task InitializeAsync() => Package = await Pack("packed");

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Builds everything from its sources in an empty folder and packs it; the repository's own output is left alone,
    /// since other tests may be using it.
    /// </summary>
    internal async Task<string> Pack(string name)
    {
        var output = Path.Combine(_folder, name);
        // With the ordinary package cache: this is a build of the repository.
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        await new Dotnet(cache ?? Path.Combine(home, ".nuget", "packages")).Run(
            Path.Combine(RepositoryRoot(), "src", "RnnGen"),
            "pack", "--artifacts-path", Path.Combine(_folder, name + "-build"), "--output", output);
        return Assert.Single(Directory.GetFiles(output));
    }

    /// <summary>An empty folder with the packed package among its sources.</summary>
    internal string NewFolder(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        // The mapping keeps a package that happens to be published under the same name out of the test.
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Path.GetDirectoryName(Package)}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="packed">
                  <package pattern="RnnGen" />
                </packageSource>
                <packageSource key="nuget.org">
                  <package pattern="*" />
                </packageSource>
              </packageSourceMapping>
            </configuration>
            """);
        return folder;
    }

    private static string RepositoryRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
