using CommandSample;

namespace RnnGen.Samples.Tests.Commands;

/// <summary>Whatever is typed gets an answer of one line.</summary>
public sealed class DialogueTests
{
    private const string Known =
        "which knows walk, look, run, jump, turn, left, right, opposite, around, twice, thrice, and, after.";

    private static readonly Dialogue Untrained = new(new CommandTranslator(seed: 1));

    [Theory]
    [InlineData("fly", $"'fly' is no word of the model, {Known}")]
    [InlineData("jump \u001b[2J", $"'?[2j' is no word of the model, {Known}")]
    [InlineData("jump\0", $"'jump?' is no word of the model, {Known}")]
    [InlineData("\u202eevil 🍌", $"'?evil' is no word of the model, {Known}")]
    [InlineData("", "0 words: the model takes from 1 to 9.")]
    [InlineData(" \t ", "0 words: the model takes from 1 to 9.")]
    [InlineData("run run run run run run run run run run", "10 words: the model takes from 1 to 9.")]
    public void Line_Unusable_IsExplained(string line, string answer) =>
        Assert.Equal(answer, Untrained.Answer(line));

    [Fact]
    public void Line_OfOneLongWord_IsCut()
    {
        string answer = Untrained.Answer(new string('x', 1_000_000));

        Assert.Equal($"'{new string('x', 30)}...' is no word of the model, {Known}", answer);
    }

    [Fact]
    public void Command_TranslatedWrongly_IsCorrected()
    {
        Assert.EndsWith("(wrong: it means I_JUMP I_JUMP)", Untrained.Answer("Jump  TWICE"));
        Assert.EndsWith("(not in the grammar: a guess)", Untrained.Answer("twice jump"));
    }

    [Fact]
    public void Input_ToItsEnd_IsAnsweredLineByLine()
    {
        var output = new StringWriter();

        Untrained.Run(new StringReader("fly\n\njump twice"), output, "> ");

        string[] lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("> ", line));
        Assert.Equal("> ", lines[^1]);
    }

    [Fact]
    public async Task Weights_OfAnotherKind_AreRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("weights");
        await File.WriteAllTextAsync(path, "IN: jump OUT: I_JUMP\n");

        SampleRun run = await SampleRun.Translate("jump\n", "--translate", path);

        Assert.Contains("cannot be loaded", run.Errors);
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }
}
