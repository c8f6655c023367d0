namespace RnnGen.Samples.Tests.Commands;

/// <summary>What a user can get wrong: one line on standard error, exit code 2, and nothing written.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--epochs is '0'; it must be a whole number from 1 to 1000000.", "--epochs", "0")]
    [InlineData("--seed is '-1'; it must be a whole number from 0 to 18446744073709551615.", "--seed", "-1")]
    [InlineData("Argument 'other' not recognized. Must be one of:", "--split", "other")]
    [InlineData("Required argument missing for option: '--data'.", "--data")]
    [InlineData("Unrecognized command or argument 'jump'.", "jump")]
    [InlineData("There is no file 'missing.txt'.", "--data", "missing.txt")]
    [InlineData("There are no weights 'missing': train first.", "--translate", "missing")]
    [InlineData("--split is for training, and --translate does not train.", "--translate", "--split", "length")]
    [InlineData("The weights cannot be saved as '': it is not the name of a file.", "--output", "")]
    public async Task Options_Unusable_AreNamed(string message, params string[] arguments)
    {
        SampleRun run = await SampleRun.Translate("", arguments);

        Assert.StartsWith($"error: {message}", run.Errors);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("IN: jump OUT: I_JUMP\nIN: jump\n", "line 2: it must be of the form 'IN: words OUT: actions'.")]
    [InlineData("", "0 commands to train on and 0 to measure by: there must be some of both.")]
    [InlineData("IN: jump OUT: I_JUMP\n", "0 commands to train on and 1 to measure by")]
    [InlineData("IN: jump OUT: I_FLY\n", "line 1: 'I_FLY' is no action of the model, which knows I_WALK, ")]
    [InlineData("IN: ju\u001b[31mmp OUT: I_JUMP\n", "line 1: 'ju?[31mmp' is no word of the model")]
    [InlineData(
        "IN: walk walk walk walk walk walk walk walk walk walk OUT: I_WALK\n",
        "line 1: 10 words: the model takes from 1 to 9.")]
    public async Task Data_Unusable_IsRefused(string data, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("data.txt");
        await File.WriteAllTextAsync(path, data);

        SampleRun run = await SampleRun.Translate("", "--data", path, "--output", folder.PathOf("weights"));

        Assert.Contains(message, run.Errors);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["data.txt"], folder.Names);
    }

    [Fact]
    public async Task Help_NamesEveryOption()
    {
        SampleRun run = await SampleRun.Translate("", "--help");

        string[] options =
        [
            "--data", "--split", "--epochs", "--threads", "--seed", "--learning-rate", "--output", "--translate",
        ];
        Assert.All(options, option => Assert.Contains(option, run.Output));
        Assert.Equal(0, run.ExitCode);
    }
}
