namespace RnnGen.Package.Tests;

/// <summary>A project that says for which instructions its models get code.</summary>
[Collection(PackageCollection.Name)]
public sealed class TargetPropertyTests(PackageFixture fixture)
{
    private const string Program =
        """
        using RnnGen;
        using RnnGen.Kernels;

        Console.WriteLine(new Doubler(seed: 1).Target);
        try
        {
            Console.WriteLine(new Doubler(seed: 1, SimdTarget.Scalar).Target);
        }
        catch (NotSupportedException exception)
        {
            Console.WriteLine(exception.Message);
        }

        [SequenceModel(Steps = 4, Batch = 1), Input(features: 1), Gru(4), Dense(1), MeanSquaredError]
        public sealed partial class Doubler;
        """;

    // In the file that brings properties to the compiler a semicolon would begin a comment.
    [Theory]
    [InlineData("Semicolons", "Vector128;Avx2;Avx512", "Avx2 Avx512 Vector128")]
    [InlineData("Commas", "vector128, avx2", "Avx2 Vector128")]
    [InlineData("All", "All", "Avx2 Avx512 Scalar Vector128")]
    [InlineData("Unset", "", "Avx2 Avx512 Scalar Vector128")]
    public async Task Targets_OfTheProject_AreThoseThatModelsGetCodeFor(string name, string targets, string expected)
    {
        var folder = await NewProject("Targets" + name);
        SetTargets(folder, targets);

        await fixture.Dotnet.Run(folder, "build", "-c", "Release");
        Assert.Equal(expected, Emitted(folder));
    }

    [Fact]
    public async Task Targets_WithoutScalar_RunWithoutItAndSayWhereToNameIt()
    {
        var folder = await NewProject("WithoutScalar");
        SetTargets(folder, "Vector128");

        var printed = await fixture.Dotnet.Run(folder, "run", "-c", "Release");
        Assert.Equal(
            [
                "Vector128",
                "Doubler was compiled for Vector128, not for Scalar: "
                    + "name Scalar in RnnGenTargets, a property of the project that declares it.",
            ],
            printed.Trim().ReplaceLineEndings("\n").Split('\n'));
    }

    // The command line wins over the project, and what is set last, in Directory.Build.targets, counts, too.
    [Fact]
    public async Task Targets_FromOutsideTheProjectFile_Count()
    {
        var folder = await NewProject("Outside");
        await fixture.Dotnet.Run(folder, "build", "-c", "Release", "-p:RnnGenTargets=Vector128%3BScalar");
        Assert.Equal("Scalar Vector128", Emitted(folder));

        File.WriteAllText(
            Path.Combine(folder, "Directory.Build.targets"),
            "<Project><PropertyGroup><RnnGenTargets>Avx2;Vector128</RnnGenTargets></PropertyGroup></Project>");
        Directory.Delete(Path.Combine(folder, "Generated"), recursive: true);
        await fixture.Dotnet.Run(folder, "build", "-c", "Release");
        Assert.Equal("Avx2 Vector128", Emitted(folder));
    }

    [Fact]
    public async Task Targets_ThatDoNotExist_AreAnError()
    {
        var folder = await NewProject("Unknown");
        SetTargets(folder, "Sse;Avx2");

        var output = await fixture.Dotnet.Fail(folder, "build", "-c", "Release");
        Assert.Contains(
            "error RNN0020: 'Doubler' gets no code, since RnnGenTargets of this project names 'Sse': "
                + "write one or more of Scalar, Vector128, Avx2 and Avx512 there, or All",
            output);
        Assert.DoesNotContain("error CS", output);
    }

    private async Task<string> NewProject(string name)
    {
        var folder = fixture.NewFolder(name);
        await fixture.Dotnet.Run(folder, "new", "console", "--no-restore", "--force");
        await fixture.Dotnet.Run(folder, "add", "package", "RnnGen");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);
        File.WriteAllText(
            Path.Combine(folder, "Directory.Build.props"),
            """
            <Project>
              <PropertyGroup>
                <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
                <CompilerGeneratedFilesOutputPath>Generated</CompilerGeneratedFilesOutputPath>
                <DefaultItemExcludes>$(DefaultItemExcludes);Generated/**</DefaultItemExcludes>
              </PropertyGroup>
            </Project>
            """);
        return folder;
    }

    private static void SetTargets(string folder, string targets)
    {
        var project = Assert.Single(Directory.GetFiles(folder, "*.csproj"));
        var text = File.ReadAllText(project);
        File.WriteAllText(project, text.Replace(
            "</TargetFramework>", $"</TargetFramework><RnnGenTargets>{targets}</RnnGenTargets>"));
    }

    // Targets that have a file of the forward pass.
    private static string Emitted(string folder) => string.Join(' ', Directory
        .GetFiles(Path.Combine(folder, "Generated"), "*.Forward.g.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetFileName(path).Split('.')[^4])
        .Order(StringComparer.Ordinal));
}
