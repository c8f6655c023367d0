using PronounceSample;

namespace RnnGen.Samples.Tests.Pronounce;

/// <summary>Whatever is typed gets an answer of one line for each word.</summary>
public sealed class DialogueTests
{
    private const string Known = "which knows a to z, apostrophe, hyphen and full stop.";

    private static readonly Pronouncer Model = new(seed: 1);
    private static readonly Dialogue Untrained = new(Model, best: 3, picture: null);

    [Theory]
    [InlineData("café", $"'é' is no letter of the model, {Known}")]
    [InlineData("42", $"'4' is no letter of the model, {Known}")]
    [InlineData("\u001b[2J", $"'U+001B' is no letter of the model, {Known}")]
    [InlineData("cat\0", $"'U+0000' is no letter of the model, {Known}")]
    [InlineData("\u202eevil", $"'U+202E' is no letter of the model, {Known}")]
    [InlineData("🍌", $"'🍌' is no letter of the model, {Known}")]
    [InlineData("\ud83c", $"'\ufffd' is no letter of the model, {Known}")]
    [InlineData("", "0 letters: the model takes from 1 to 28.")]
    [InlineData("pneumonoultramicroscopicsilico", "30 letters: the model takes from 1 to 28.")]
    public void Word_Unusable_IsExplained(string word, string answer) =>
        Assert.Equal(answer, Untrained.Answer(word));

    [Fact]
    public void Word_OfAMillionLetters_IsTooLong() =>
        Assert.Equal("1000000 letters: the model takes from 1 to 28.", Untrained.Answer(new string('x', 1_000_000)));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Word_GetsAsManyPronunciationsAsAsked(int best)
    {
        string answer = new Dialogue(Model, best, picture: null).Answer("O'Neill-s.");

        Assert.StartsWith("o'neill-s.: ", answer);
        Assert.Equal(best, answer.Split('%').Length - 1);
    }

    [Fact]
    public void Input_ToItsEnd_IsAnsweredWordByWord()
    {
        var output = new StringWriter();

        Untrained.Run(new StringReader("one  two\n\n\tthree"), output, "> ");

        string[] lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("> one: ", lines[0]);
        Assert.StartsWith("two: ", lines[1]);
        Assert.Equal("> 0 letters: the model takes from 1 to 28.", lines[2]);
        Assert.StartsWith("> three: ", lines[3]);
        Assert.Equal("> ", lines[4]);
    }
}
