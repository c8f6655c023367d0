namespace RnnGen.Samples.Tests.Characters;

/// <summary>What a user can get wrong: one line on standard error, exit code 2, and nothing written.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--epochs is '0'; it must be a whole number from 1 to 1000000.", "--epochs", "0")]
    [InlineData("--epochs is '1.5'; it must be a whole number from 1 to 1000000.", "--epochs", "1.5")]
    [InlineData("--threads is 'two'; it must be a whole number from 1 to 256.", "--threads", "two")]
    [InlineData("--temperature is 'NaN'; it must be a number from 0 to 100.", "--temperature", "NaN")]
    [InlineData("Required argument missing for option: '--epochs'.", "--epochs")]
    [InlineData("Unrecognized command or argument '--epoch'.", "--epoch")]
    [InlineData("There is no text file 'missing.txt'.", "--text", "missing.txt")]
    [InlineData("There are no weights 'missing': train first.", "--generate", "missing")]
    [InlineData("--epochs is for training, and --generate does not train.", "--generate", "--epochs", "3")]
    [InlineData("The weights cannot be saved as '': it is not the name of a file.", "--output", "")]
    public async Task Options_Unusable_AreNamed(string message, params string[] arguments)
    {
        SampleRun run = await SampleRun.Start(arguments);

        Assert.Equal($"error: {message}\n", run.Errors.ReplaceLineEndings("\n"));
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData("too short", "has 9 characters, which leaves 8 to train on; a window of 64 and the character after it")]
    public async Task Text_TooShort_IsRefused(string text, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("text.txt");
        await File.WriteAllTextAsync(path, text);

        SampleRun run = await SampleRun.Start("--text", path, "--output", folder.PathOf("weights"));

        Assert.Contains(message, run.Errors);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["text.txt"], folder.Names);
    }

    [Fact]
    public async Task Text_NotUtf8_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("text.bin");
        await File.WriteAllBytesAsync(path, [.. Enumerable.Repeat((byte)0xFF, 300)]);

        SampleRun run = await SampleRun.Start("--text", path, "--output", folder.PathOf("weights"));

        Assert.Contains("is not a UTF-8 text", run.Errors);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["text.bin"], folder.Names);
    }

    [Fact]
    public async Task Help_NamesEveryOption()
    {
        SampleRun run = await SampleRun.Start("--help");

        string[] options =
        [
            "--text", "--epochs", "--threads", "--seed", "--output",
            "--generate", "--prompt", "--temperature", "--length",
        ];
        Assert.All(options, option => Assert.Contains(option, run.Output));
        Assert.Equal(0, run.ExitCode);
    }
}
