using PronounceSample;

namespace RnnGen.Samples.Tests.Pronounce;

/// <summary>What a user can get wrong: one line on standard error, exit code 2, and nothing written.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--epochs is '0'; it must be a whole number from 1 to 1000000.", "--epochs", "0")]
    [InlineData("--best is '6'; it must be a whole number from 1 to 5.", "--best", "6")]
    [InlineData("--seed is '-1'; it must be a whole number from 0 to 18446744073709551615.", "--seed", "-1")]
    [InlineData("--attention is 'a.png'; it must be the name of an SVG file, 'NAME.svg'.", "--attention", "a.png")]
    [InlineData("Required argument missing for option: '--data'.", "--data")]
    [InlineData("Unrecognized command or argument 'cat'.", "cat")]
    [InlineData("--epochs is for training, and --pronounce does not train.", "--pronounce", "--epochs", "3")]
    public void Options_Unusable_AreNamed(string message, params string[] arguments)
    {
        Exception refusal = Assert.ThrowsAny<Exception>(() => CommandLine.Parse(arguments));

        Assert.Equal(message, refusal.Message);
    }

    [Theory]
    [InlineData("There is no file 'missing.txt'.", "--data", "missing.txt")]
    [InlineData("There are no weights 'missing': train first.", "--pronounce", "missing")]
    [InlineData(
        "The picture cannot be saved as 'missing/a.svg': there is no folder",
        "--pronounce", "--attention", "missing/a.svg")]
    public async Task Files_Unusable_EndTheProgram(string message, params string[] arguments)
    {
        SampleRun run = await SampleRun.Pronounce("", arguments);

        Assert.StartsWith($"error: {message}", run.Errors);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task Data_Unusable_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("data.txt");
        await File.WriteAllTextAsync(path, "cat K AE1 T\ndog\n");

        SampleRun run = await SampleRun.Pronounce("", "--data", path, "--output", folder.PathOf("weights"));

        Assert.Equal($"error: '{path}', line 2: it must be of the form 'word PHONEME PHONEME ...'.\n", run.Errors);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["data.txt"], folder.Names);
    }

    [Fact]
    public async Task Help_NamesEveryOption()
    {
        SampleRun run = await SampleRun.Pronounce("", "--help");

        string[] options =
        [
            "--data", "--epochs", "--threads", "--seed", "--learning-rate", "--output", "--pronounce", "--best",
            "--attention",
        ];
        Assert.All(options, option => Assert.Contains(option, run.Output));
        Assert.Equal(0, run.ExitCode);
    }
}
