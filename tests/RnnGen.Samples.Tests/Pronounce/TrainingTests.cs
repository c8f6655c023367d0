using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnGen.Samples.Tests.Pronounce;

/// <summary>Training runs of sample 03 on few short words, to their end and to other ends.</summary>
public sealed partial class TrainingTests
{
    [Fact]
    public async Task Training_FewWords_LearnsThemSavesAndPronounces()
    {
        using var folder = new TemporaryFolder();
        string weights = folder.PathOf("weights");

        SampleRun run = await SampleRun.Pronounce(
            "tim\n", "--data", WriteWords(folder), "--output", weights, "--epochs", "8", "--learning-rate", "5e-3");

        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(8, run.EpochLines.Length);
        Assert.All(run.EpochLines, line => Assert.Matches(EpochLine(), line));
        Assert.True(WordErrorRateOf(run.EpochLines[^1]) <= 0.1, run.EpochLines[^1]);
        Assert.Equal(["weights", "words.txt"], folder.Names);

        // The last lines are the beam's rates and the answer, and the saved weights give the same.
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.Matches(BeamLine(), lines[^2]);
        Assert.StartsWith("tim: T IH M (", lines[^1]);
        string picture = folder.PathOf("tim.svg");
        SampleRun again = await SampleRun.Pronounce("tim\n", "--pronounce", weights, "--attention", picture);
        Assert.Equal(lines[^1] + "\n", again.Output);
        Assert.Equal(0, again.ExitCode);
        Assert.True(File.Exists(picture));
    }

    [Fact]
    public async Task Training_OneOrTwoThreads_GiveEqualWeightsAndRates()
    {
        using var folder = new TemporaryFolder();
        string data = WriteWords(folder);

        SampleRun one = await SampleRun.Pronounce(
            "", "--data", data, "--output", folder.PathOf("one"), "--epochs", "2", "--threads", "1");
        SampleRun two = await SampleRun.Pronounce(
            "", "--data", data, "--output", folder.PathOf("two"), "--epochs", "2", "--threads", "2");

        Assert.Equal(File.ReadAllBytes(folder.PathOf("one")), File.ReadAllBytes(folder.PathOf("two")));
        Assert.Equal(WordErrorRateOf(one.EpochLines[^1]), WordErrorRateOf(two.EpochLines[^1]));
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

        SampleRun run = await SampleRun.Pronounce(
            SampleRun.Terminate, "--data", WriteWords(folder), "--output", folder.PathOf("weights"),
            "--epochs", "1000000");

        Assert.Contains("Saved as", run.Output);
        Assert.Equal(130, run.ExitCode);
        Assert.Equal(["weights", "words.txt"], folder.Names);
    }

    // At this rate the first update would make weights infinite: it is not made, and there is nothing to save.
    [Fact]
    public async Task Training_Diverging_ExplainsAndSavesNothing()
    {
        using var folder = new TemporaryFolder();

        SampleRun run = await SampleRun.Pronounce(
            "tim\n", "--data", WriteWords(folder), "--output", folder.PathOf("weights"), "--learning-rate", "1e38");

        Assert.Contains("Training diverged at step 1", run.Errors);
        Assert.Contains("Nothing was saved", run.Errors);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["words.txt"], folder.Names);
    }

    // All of a consonant, a vowel and a consonant: 500, each letter with a phoneme of its own.
    private static string WriteWords(TemporaryFolder folder)
    {
        string[] consonants = ["B", "D", "F", "K", "L", "M", "N", "P", "S", "T"];
        string[] vowels = ["AE1", "EH1", "IH1", "OW1", "UH1"];
        string path = folder.PathOf("words.txt");
        File.WriteAllLines(
            path,
            from first in consonants
            from vowel in vowels
            from last in consonants
            select $"{first}{vowel[0]}{last} {first} {vowel} {last}");
        return path;
    }

    private static double WordErrorRateOf(string line) =>
        double.Parse(EpochLine().Match(line).Groups["words"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^epoch=\d+ train_nats=\d+\.\d+ heldout_nats=\d+\.\d+ word_error_rate=(?<words>[01]\.\d+) "
            + @"phoneme_error_rate=\d+\.\d+ examples_per_second=\d+ seconds=\d+\.\d+$")]
    private static partial Regex EpochLine();

    [GeneratedRegex(@"^beam_word_error_rate=[01]\.\d{4} beam_phoneme_error_rate=\d+\.\d{4}$")]
    private static partial Regex BeamLine();
}
