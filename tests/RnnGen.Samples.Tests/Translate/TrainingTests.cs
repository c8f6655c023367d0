using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnGen.Samples.Tests.Translate;

/// <summary>Training runs of sample 04 on few sentences, to their end and to other ends.</summary>
public sealed partial class TrainingTests
{
    private const string Typed = "we want to buy the cat.\nI want to see Zanzibar.\n";

    [Fact]
    public async Task Training_FewSentences_LearnsThemSavesAndTranslates()
    {
        using var folder = new TemporaryFolder();
        string weights = folder.PathOf("weights");

        SampleRun run = await SampleRun.ToFrench(
            Typed,
            "--data", WriteSentences(folder), "--output", weights, "--epochs", "30", "--learning-rate", "5e-3");

        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("72 sentences to train on with 72 translations", run.Output);
        Assert.Contains("8 held out with 8, 1 too long for the model", run.Output);
        Assert.Equal(30, run.EpochLines.Length);
        Assert.All(run.EpochLines, line => Assert.Matches(EpochLine(), line));
        Assert.True(BleuOf(run.EpochLines[^1]) >= 50, run.EpochLines[^1]);
        Assert.Equal(["sentences.txt", "weights"], folder.Names);

        // The last lines are the measurement and the answers, and the saved weights give the same.
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.Matches(@"^beam=5 beam_bleu=\d+\.\d\d seconds=\d+\.\d$", lines[^3]);
        Assert.Equal("Nous voulons acheter le chat.", lines[^2]);
        Assert.Matches(@"^Je veux .* \(not known to the model: 'Zanzibar'\)$", lines[^1]);
        SampleRun again = await SampleRun.ToFrench(Typed, "--translate", weights);
        Assert.Equal($"{lines[^2]}\n{lines[^1]}\n", again.Output);
        Assert.Equal(0, again.ExitCode);
    }

    [Fact]
    public async Task Training_OneOrTwoThreads_GiveEqualWeights()
    {
        using var folder = new TemporaryFolder();
        string data = WriteSentences(folder);

        string[] common = ["--data", data, "--epochs", "2", "--beam", "1", "--output"];
        await SampleRun.ToFrench("", [.. common, folder.PathOf("one"), "--threads", "1"]);
        await SampleRun.ToFrench("", [.. common, folder.PathOf("two"), "--threads", "2"]);

        Assert.Equal(File.ReadAllBytes(folder.PathOf("one")), File.ReadAllBytes(folder.PathOf("two")));
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

        SampleRun run = await SampleRun.ToFrench(
            SampleRun.Terminate, "--data", WriteSentences(folder), "--output", folder.PathOf("weights"),
            "--epochs", "1000000");

        Assert.Contains("Saved as", run.Output);
        Assert.Equal(130, run.ExitCode);
        Assert.Equal(["sentences.txt", "weights"], folder.Names);
    }

    // At this rate the first update would make weights infinite: it is not made, and there is nothing to save.
    [Fact]
    public async Task Training_Diverging_ExplainsAndSavesNothing()
    {
        using var folder = new TemporaryFolder();

        SampleRun run = await SampleRun.ToFrench(
            "Go.\n", "--data", WriteSentences(folder), "--output", folder.PathOf("weights"), "--learning-rate", "1e38");

        Assert.Contains("Training diverged at step 1", run.Errors);
        Assert.Contains("Nothing was saved", run.Errors);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["sentences.txt"], folder.Names);
    }

    // What four people want to do with five things, and a sentence that is too long.
    private static string WriteSentences(TemporaryFolder folder)
    {
        string[] people = ["I want\tJe veux", "You want\tTu veux", "We want\tNous voulons", "They want\tIls veulent"];
        string[] verbs = [" to see \t voir ", " to find \t trouver ", " to buy \t acheter ", " to hold \t tenir "];
        string[] things = ["the cat\tle chat", "the dog\tle chien", "the bread\tle pain", "Tom\tTom", "Ann\tAnn"];
        IEnumerable<string> lines =
            from person in people
            from verb in verbs
            from thing in things
            select string.Join(".\t", Enumerable.Range(0, 2).Select(
                side => string.Concat(((string[])[person, verb, thing]).Select(part => part.Split('\t')[side])))) + ".";
        string path = folder.PathOf("sentences.txt");
        File.WriteAllLines(path, lines.Append($"{string.Join(' ', Enumerable.Repeat("Go", 33))}\tVa\u202F!"));
        return path;
    }

    private static double BleuOf(string line) =>
        double.Parse(EpochLine().Match(line).Groups["bleu"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^epoch=\d+ train_nats=\d+\.\d+ heldout_nats=\d+\.\d+ bleu=(?<bleu>\d+\.\d\d) "
            + @"examples_per_second=\d+ seconds=\d+\.\d+$")]
    private static partial Regex EpochLine();
}
