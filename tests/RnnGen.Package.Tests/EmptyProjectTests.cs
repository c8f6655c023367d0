namespace RnnGen.Package.Tests;

/// <summary>What a user does first: an empty console project, the package, a model, build, run.</summary>
[Collection(PackageCollection.Name)]
public sealed class EmptyProjectTests(PackageFixture fixture)
{
    private const string Program =
        """
        using RnnGen;

        var model = new Doubler(seed: 1);
        using var trainer = model.CreateTrainer(new TrainingOptions { Optimizer = new Adam { LearningRate = 0.01 } });
        float[] inputs = [0.1f, -0.2f, 0.3f, -0.4f], targets = [0.2f, -0.4f, 0.6f, -0.8f];
        float first = trainer.Step(inputs, targets, sequences: 1), last = first;
        for (int i = 0; i < 300; i++)
            last = trainer.Step(inputs, targets, sequences: 1);
        Console.WriteLine(last < first / 10 ? $"learned {Doubler.ParameterCount} parameters" : $"{first} -> {last}");

        /// <summary>Two numbers a step, twice as large.</summary>
        [SequenceModel(Steps = 4, Batch = 1), Input(features: 1), Gru(4), Dense(1), MeanSquaredError]
        public sealed partial class Doubler;
        """;

    [Fact]
    public async Task Model_InEmptyConsoleProject_BuildsWithoutWarningAndTrains()
    {
        var folder = await NewConsole("App");
        await fixture.Dotnet.Run(folder, "add", "package", "RnnGen");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);

        // With documentation on, generated public members must be documented, too.
        var built = await fixture.Dotnet.Run(folder, "build", "-c", "Release", "-p:GenerateDocumentationFile=true");
        Assert.Contains("0 Warning(s)", built);

        Assert.DoesNotContain("without optimization", built);

        // Gates: 3 · 4 · (1 + 4 + 1); head: 4 + 1.
        var printed = await fixture.Dotnet.Run(folder, "run", "-c", "Release", "--no-build");
        Assert.Equal("learned 77 parameters", printed.Trim());
    }

    [Fact]
    public async Task Build_WithoutOptimization_SaysSoOnceWhereTheModelsAre()
    {
        const string Message = "is compiled without optimization";
        var folder = await NewConsole("Debug");
        await fixture.Dotnet.Run(folder, "add", "package", "RnnGen");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);

        var built = await fixture.Dotnet.Run(folder, "build");
        Assert.Equal(2, built.Split($"RnnGen: Debug {Message}").Length);
        Assert.DoesNotContain(Message, await fixture.Dotnet.Run(folder, "build", "-p:Optimize=true"));
        Assert.DoesNotContain(Message, await fixture.Dotnet.Run(folder, "build", "-p:RnnGenDebugMessage=false"));
    }

    // The framework's own packages are left out: they may have to be fetched, which is not the matter here.
    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public async Task Project_OfAnotherFramework_IsRefusedByNuGet(string framework)
    {
        var folder = fixture.NewFolder("Other" + framework);
        File.WriteAllText(Path.Combine(folder, "Other.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
                <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="RnnGen" Version="*" />
              </ItemGroup>
            </Project>
            """);

        var output = await fixture.Dotnet.Fail(folder, "restore");
        Assert.Contains("error NU1202", output);
        Assert.Contains("net10.0", output);
    }

    [Fact]
    public async Task Properties_OfAProjectWithThePackage_AreTheDocumentedOnes()
    {
        var folder = await NewConsole("Settings");
        await fixture.Dotnet.Run(folder, "add", "package", "RnnGen");

        Assert.Equal("true", await Property(folder, "AllowUnsafeBlocks"));
        Assert.Equal("false", await Property(folder, "AllowUnsafeBlocks", "RnnGenAllowUnsafeBlocks=false"));
        Assert.Equal("", await Property(folder, "IlcInstructionSet", "RuntimeIdentifier=linux-x64"));
        Assert.Equal("avx", await AotInstructionSet(folder, "linux-x64"));
        Assert.Equal("", await AotInstructionSet(folder, "linux-arm64"));
        Assert.Equal("native", await AotInstructionSet(folder, "linux-x64", "IlcInstructionSet=native"));
        Assert.Equal("x86-64-v3", await AotInstructionSet(folder, "win-x64", "RnnGenAotInstructionSet=x86-64-v3"));
        Assert.Equal("", await AotInstructionSet(folder, "win-x64", "RnnGenAotInstructionSet=none"));
    }

    [Fact]
    public async Task Program_WithThePackageThroughALibrary_GetsTheInstructionSetButNoUnsafeBlocks()
    {
        var root = fixture.NewFolder("Transitive");
        await fixture.Dotnet.Run(root, "new", "classlib", "--no-restore", "--output", "Library");
        await fixture.Dotnet.Run(root, "new", "console", "--no-restore", "--output", "Program");
        var (library, program) = (Path.Combine(root, "Library"), Path.Combine(root, "Program"));
        await fixture.Dotnet.Run(library, "add", "package", "RnnGen");
        await fixture.Dotnet.Run(program, "add", "reference", "../Library");
        await fixture.Dotnet.Run(program, "restore");

        Assert.Equal("avx", await AotInstructionSet(program, "linux-x64"));
        Assert.Equal("false", await Property(program, "AllowUnsafeBlocks"));
    }

    private async Task<string> NewConsole(string name)
    {
        var folder = fixture.NewFolder(name);
        await fixture.Dotnet.Run(folder, "new", "console", "--no-restore");
        return folder;
    }

    private Task<string> AotInstructionSet(string folder, string runtime, params string[] settings) =>
        Property(folder, "IlcInstructionSet", [$"RuntimeIdentifier={runtime}", "PublishAot=true", .. settings]);

    private async Task<string> Property(string folder, string name, params string[] settings) =>
        (await fixture.Dotnet.Run(
            folder, ["msbuild", $"-getProperty:{name}", .. settings.Select(setting => $"-p:{setting}")])).Trim();
}
