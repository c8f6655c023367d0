namespace RnnGen.Samples.Tests.Translate;

/// <summary>What a user can get wrong: one line on standard error, exit code 2, and nothing written.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--epochs is '0'; it must be a whole number from 1 to 1000000.", "--epochs", "0")]
    [InlineData("--beam is '65'; it must be a whole number from 1 to 64.", "--beam", "65")]
    [InlineData("Unrecognized command or argument 'hello'.", "hello")]
    [InlineData("There is no file 'missing.txt'.", "--data", "missing.txt")]
    [InlineData("There are no weights 'missing': train first.", "--translate", "missing")]
    [InlineData("--data is for training, and --translate does not train.", "--translate", "--data", "x")]
    public async Task Options_Unusable_AreNamed(string message, params string[] arguments)
    {
        SampleRun run = await SampleRun.ToFrench("", arguments);

        Assert.StartsWith($"error: {message}", run.Errors);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("Go.\tVa !\nGo.\n", "line 2: it must be of the form 'english<TAB>french'.")]
    [InlineData("Go.\tVa !\n\u001b \tVa !\n", "line 2: the English side has 0 words; it must have 1 or more.")]
    [InlineData("Go.\t\tx\n", "line 1: the French side has 0 words; it must have 1 or more.")]
    [InlineData(
        "", "Different sentences of 1 to 32 words whose translations have 1 to 39: 0. There must be 2 or more.")]
    [InlineData("Go.\tVa !\nGO .\tAllez !\n", "whose translations have 1 to 39: 1. There must be 2 or more.")]
    [InlineData(
        "Go.\tVa !\nStop!\tStop !\n", "English words to train on none is there 3 times: there must be 1 or more.")]
    public async Task Data_Unusable_IsRefused(string data, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("data.txt");
        await File.WriteAllTextAsync(path, data);

        SampleRun run = await SampleRun.ToFrench("", "--data", path, "--output", folder.PathOf("weights"));

        Assert.Contains(message, run.Errors);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["data.txt"], folder.Names);
    }

    [Fact]
    public async Task Help_NamesEveryOption()
    {
        SampleRun run = await SampleRun.ToFrench("", "--help");

        string[] options =
        [
            "--data", "--epochs", "--threads", "--seed", "--learning-rate", "--beam", "--output", "--translate",
        ];
        Assert.All(options, option => Assert.Contains(option, run.Output));
        Assert.Equal(0, run.ExitCode);
    }
}
