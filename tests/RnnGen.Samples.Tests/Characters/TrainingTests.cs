using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnGen.Samples.Tests.Characters;

/// <summary>Training runs of sample 01 on a small text, to their end and to other ends.</summary>
public sealed partial class TrainingTests
{
    [Fact]
    public async Task Training_SmallText_ReportsSavesAndWrites()
    {
        using var folder = new TemporaryFolder();

        SampleRun run = await SampleRun.Start(
            "--text", folder.WriteText(), "--output", folder.PathOf("weights"), "--epochs", "2", "--length", "40");

        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.EpochLines.Length);
        Assert.All(run.EpochLines, line => Assert.Matches(EpochLine(), line));
        Assert.True(HeldOutOf(run.EpochLines[1]) < HeldOutOf(run.EpochLines[0]));
        Assert.Equal(["text.txt", "weights"], folder.Names);

        // The passage is what follows the first empty line; it may have line ends of its own.
        string passage = run.Output[(run.Output.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        Assert.Equal(40 + 1, passage.Length);
    }

    [Fact]
    public async Task Training_OneOrTwoThreads_GiveEqualWeights()
    {
        using var folder = new TemporaryFolder();
        string text = folder.WriteText();

        await SampleRun.Start("--text", text, "--output", folder.PathOf("one"), "--epochs", "1", "--threads", "1");
        await SampleRun.Start("--text", text, "--output", folder.PathOf("two"), "--epochs", "1", "--threads", "2");

        Assert.Equal(File.ReadAllBytes(folder.PathOf("one")), File.ReadAllBytes(folder.PathOf("two")));
    }

    [Fact]
    public async Task Training_Interrupted_KeepsTheBestWeights()
    {
        if (OperatingSystem.IsWindows())
        {
            // There a process cannot send another one a signal.
            return;
        }

        using var folder = new TemporaryFolder();

        SampleRun run = await SampleRun.Start(
            SampleRun.Terminate,
            "--text", folder.WriteText(), "--output", folder.PathOf("weights"), "--epochs", "1000000");

        Assert.Contains("the best by validation. Saved as", run.Output);
        Assert.Equal(130, run.ExitCode);
        Assert.Equal(["text.txt", "weights"], folder.Names);
        SampleRun generation = await SampleRun.Start("--generate", folder.PathOf("weights"));
        Assert.Equal(0, generation.ExitCode);
    }

    // At this rate the first update would make weights infinite: it is not made, and there is nothing to save.
    [Fact]
    public async Task Training_Diverging_ExplainsAndLeavesWhatWasSavedBefore()
    {
        using var folder = new TemporaryFolder();
        string text = folder.WriteText();
        string weights = folder.PathOf("weights");
        SampleRun sound = await SampleRun.Start("--text", text, "--output", weights, "--epochs", "1");
        Assert.Equal(0, sound.ExitCode);
        byte[] before = await File.ReadAllBytesAsync(weights);

        SampleRun run = await SampleRun.Start("--text", text, "--output", weights, "--learning-rate", "1e38");

        Assert.Contains("Training diverged at step 1", run.Errors);
        Assert.Contains("Nothing was saved", run.Errors);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(weights));
        SampleRun generation = await SampleRun.Start("--generate", weights);
        Assert.Equal(0, generation.ExitCode);
    }

    [Fact]
    public async Task Training_DivergingAtItsOnlyStep_ExplainsAndSavesNothing()
    {
        using var folder = new TemporaryFolder();
        string text = folder.PathOf("text.txt");
        await File.WriteAllTextAsync(text, new string('a', 80));

        SampleRun run = await SampleRun.Start(
            "--text", text, "--output", folder.PathOf("weights"), "--learning-rate", "1e38", "--epochs", "1");

        Assert.Contains("Training diverged at step 1", run.Errors);
        Assert.Contains("Nothing was saved", run.Errors);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["text.txt"], folder.Names);
    }

    private static double HeldOutOf(string line) =>
        double.Parse(EpochLine().Match(line).Groups["heldout"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^epoch=\d+ train_nats=\d+\.\d+ heldout_nats=(?<heldout>\d+\.\d+) chars_per_second=\d+ seconds=\d+\.\d+$")]
    private static partial Regex EpochLine();
}
