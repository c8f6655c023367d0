using System.Globalization;
using System.Text.RegularExpressions;
using CommandSample;

namespace RnnGen.Samples.Tests.Commands;

/// <summary>Training runs of sample 02 on few commands, to their end and to other ends.</summary>
public sealed partial class TrainingTests
{
    [Fact]
    public async Task Training_FewCommands_LearnsThemSavesAndTranslates()
    {
        using var folder = new TemporaryFolder();
        string weights = folder.PathOf("weights");

        SampleRun run = await SampleRun.Translate(
            "jump twice\n", "--data", WriteCommands(folder), "--output", weights, "--epochs", "30");

        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(30, run.EpochLines.Length);
        Assert.All(run.EpochLines, line => Assert.Matches(EpochLine(), line));
        Assert.True(ExactMatchOf(run.EpochLines[^1]) >= 0.5, run.EpochLines[^1]);
        Assert.Equal(["commands.txt", "weights"], folder.Names);

        // The last line is the answer, and the saved weights give the same.
        string answer = run.Output.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("I_", answer);
        SampleRun again = await SampleRun.Translate("jump twice\n", "--translate", weights);
        Assert.Equal(answer + "\n", again.Output);
        Assert.Equal(0, again.ExitCode);
    }

    [Fact]
    public async Task Training_OneOrTwoThreads_GiveEqualWeights()
    {
        using var folder = new TemporaryFolder();
        string data = WriteCommands(folder);

        await SampleRun.Translate("", "--data", data, "--output", folder.PathOf("one"), "--threads", "1");
        await SampleRun.Translate("", "--data", data, "--output", folder.PathOf("two"), "--threads", "2");

        Assert.Equal(File.ReadAllBytes(folder.PathOf("one")), File.ReadAllBytes(folder.PathOf("two")));
    }

    [Fact]
    public async Task Training_SplitByLength_HoldsOutLongCommands()
    {
        using var folder = new TemporaryFolder();

        SampleRun run = await SampleRun.Translate(
            "", "--data", WriteCommands(folder), "--output", folder.PathOf("weights"), "--epochs", "1",
            "--split", "length");

        // Of 102, the thrice of ways around but turning itself: 24 actions each.
        Assert.Contains("94 to train on, 8 held out", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Training_Interrupted_SavesAndEnds()
    {
        if (OperatingSystem.IsWindows())
        {
            // There a process cannot send another one a signal.
            return;
        }

        using var folder = new TemporaryFolder();

        SampleRun run = await SampleRun.Translate(
            SampleRun.Terminate, "--data", WriteCommands(folder), "--output", folder.PathOf("weights"),
            "--epochs", "1000000");

        Assert.Contains("Saved as", run.Output);
        Assert.Equal(130, run.ExitCode);
        Assert.Equal(["commands.txt", "weights"], folder.Names);
    }

    // At this rate the first update would make weights infinite: it is not made, and there is nothing to save.
    [Fact]
    public async Task Training_Diverging_ExplainsAndSavesNothing()
    {
        using var folder = new TemporaryFolder();

        SampleRun run = await SampleRun.Translate(
            "jump\n", "--data", WriteCommands(folder), "--output", folder.PathOf("weights"), "--learning-rate", "1e38");

        Assert.Contains("Training diverged at step 1", run.Errors);
        Assert.Contains("Nothing was saved", run.Errors);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["commands.txt"], folder.Names);
    }

    // All without "and" and "after": 102 of up to 24 actions.
    private static string WriteCommands(TemporaryFolder folder)
    {
        string path = folder.PathOf("commands.txt");
        File.WriteAllLines(path, Grammar.Commands().Select(pair => pair.Line).Where(
            line => !line.Contains(" and ", StringComparison.Ordinal)
                && !line.Contains(" after ", StringComparison.Ordinal)));
        return path;
    }

    private static double ExactMatchOf(string line) =>
        double.Parse(EpochLine().Match(line).Groups["exact"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^epoch=\d+ train_nats=\d+\.\d+ heldout_nats=\d+\.\d+ exact_match=(?<exact>[01]\.\d+) "
            + @"examples_per_second=\d+ seconds=\d+\.\d+$")]
    private static partial Regex EpochLine();
}
