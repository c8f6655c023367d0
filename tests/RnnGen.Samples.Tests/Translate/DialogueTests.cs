using TranslateSample;

namespace RnnGen.Samples.Tests.Translate;

/// <summary>Whatever is typed gets an answer of one line.</summary>
public sealed class DialogueTests
{
    private static readonly SentenceTranslator Untrained = new(
        new SentenceModel(seed: 1),
        new Vocabulary(Language.English, ["I", "am", "here", "."]),
        new Vocabulary(Language.French, ["je"]));

    private static readonly Dialogue Greedy = new(Untrained, beam: 1);

    [Theory]
    [InlineData("", "The sentence has 0 words, with punctuation marks; it must have 1 to 32.")]
    [InlineData(" \t\u001b\u202e ", "The sentence has 0 words, with punctuation marks; it must have 1 to 32.")]
    [InlineData(
        "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -",
        "The sentence has 33 words, with punctuation marks; it must have 1 to 32.")]
    public void Line_Unusable_IsExplained(string line, string answer) => Assert.Equal(answer, Greedy.Answer(line));

    [Fact]
    public void Line_TooLong_IsExplained() => Assert.Equal(
        "The sentence has 1000000 characters; it must have 1 to 1000.", Greedy.Answer(new string('x', 1_000_000)));

    [Theory]
    [InlineData("I am here in Zanzibar, Zanzibar.", "(not known to the model: 'in', 'Zanzibar', ',')")]
    [InlineData("a\u001b[2J", "(not known to the model: 'a', '[', '2J')")]
    [InlineData("\ufffd🍌\0", "(not known to the model: '\ufffd', '🍌')")]
    public void Words_Unknown_AreTold(string line, string end) => Assert.EndsWith(end, Greedy.Answer(line));

    [Fact]
    public void Word_UnknownAndLong_IsCut() =>
        Assert.EndsWith($"'{new string('x', 30)}...')", Greedy.Answer(new string('x', 1_000)));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(SentenceModel.Batch)]
    public void Line_WithAnyBeam_IsTranslated(int beam)
    {
        string answer = new Dialogue(Untrained, beam).Answer("I am here.");

        Assert.NotEqual("", answer);
        Assert.DoesNotContain('\n', answer);
        Assert.DoesNotContain("not known", answer);
    }

    // Nearly all that this model gives stands for nothing.
    [Theory]
    [InlineData("I am here .", "I am here .")]
    [InlineData("I am Zoé here or there .", "Zoé or there")]
    public void Word_ThatTheModelDoesNotKnow_IsThatOfTheMostAttended(string sentence, string candidates)
    {
        string[] source = sentence.Split(' ');
        Hypothesis found = Untrained.Model.Decode(
            Untrained.English.Encode(source), new DecodingOptions { Attention = true })[0];

        Translation translation = Untrained.Translate([[.. source]], beam: 1)[0];

        string[] among = candidates.Split(' ');
        Assert.Equal(found.Tokens.Length, translation.Words.Length);
        Assert.Contains(found.Tokens, token => token != Language.French.FirstWord);
        for (int row = 0; row < found.Tokens.Length; row++)
        {
            bool isKnown = found.Tokens[row] == Language.French.FirstWord;
            string mostAttended = among.MaxBy(word => found.Attention[0][row, Array.IndexOf(source, word)])!;
            Assert.Equal(isKnown ? "je" : mostAttended, translation.Words[row]);
        }
    }

    [Fact]
    public void Input_ToItsEnd_IsAnsweredLineByLine()
    {
        var output = new StringWriter();

        Greedy.Run(new StringReader("I am.\n\nhere"), output, "> ");

        string[] lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("> ", line));
        Assert.Equal("> ", lines[^1]);
    }

    [Fact]
    public async Task Weights_OfAnotherKind_AreRefused()
    {
        using var folder = new TemporaryFolder();
        string other = folder.PathOf("other");
        string wordless = folder.PathOf("wordless");
        await File.WriteAllTextAsync(other, "Go.\tVa !\n");
        Untrained.Model.Save(wordless);

        SampleRun ofOther = await SampleRun.ToFrench("Go.\n", "--translate", other);
        SampleRun ofWordless = await SampleRun.ToFrench("Go.\n", "--translate", wordless);

        Assert.Contains("cannot be loaded", ofOther.Errors);
        Assert.Contains("have no English words beside them", ofWordless.Errors);
        Assert.Equal(("", 2), (ofOther.Output, ofOther.ExitCode));
        Assert.Equal(("", 2), (ofWordless.Output, ofWordless.ExitCode));
    }
}
