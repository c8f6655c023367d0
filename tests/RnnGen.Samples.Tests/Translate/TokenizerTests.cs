using TranslateSample;

namespace RnnGen.Samples.Tests.Translate;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("Don't you know?", "Don 't you know ?")]
    [InlineData("I’m Tom's friend", "I 'm Tom 's friend")]
    [InlineData("a well-known ice-cream - my boys' one", "a well -known ice -cream - my boys ' one")]
    [InlineData("It's 2:30, $1,000.50.", "It 's 2:30 , $ 1,000.50 .")]
    [InlineData("Wait... \"what\"?!", "Wait ... \" what \" ? !")]
    [InlineData("naïve e\u0301te\u0301 🍌𝒳", "naïve e\u0301te\u0301 🍌 𝒳")]
    [InlineData("a\0b\u001b[2J\u202Ec", "a b [ 2J c")]
    [InlineData("'-'--", "' - ' - -")]
    public void English_IsSplit(string text, string words) =>
        Assert.Equal(words.Split(' '), Tokenizer.English.Split(text));

    [Theory]
    [InlineData("Qu'est-ce que c'est ?", "Qu' est -ce que c' est ?")]
    [InlineData("Va-t'en, l’ami\u202F!", "Va -t' en , l' ami !")]
    [InlineData("Aujourd'hui\u00A0: «\u00A0oui\u00A0»\u2009;", "Aujourd' hui : « oui » ;")]
    [InlineData("A-t-il 2,50 €\u2026", "A -t -il 2,50 € ...")]
    public void French_IsSplit(string text, string words) =>
        Assert.Equal(words.Split(' '), Tokenizer.French.Split(text));

    // An attribute cannot hold it.
    [Fact]
    public void HalfACharacter_IsReplaced() =>
        Assert.Equal(["a", "\ufffd"], Tokenizer.English.Split("a \ud83c").AsEnumerable());

    [Theory]
    [InlineData("")]
    [InlineData(" \t\u00A0\u202F\u0007\u200B ")]
    public void Text_OfSpaces_HasNoWords(string text) => Assert.Empty(Tokenizer.English.Split(text));

    [Theory]
    [InlineData("Qu'est-ce que c'est\u202F?")]
    [InlineData("Va-t'en\u202F!")]
    [InlineData("Tom, qui est là, dit\u00A0: «\u00A0Oui\u202F!\u00A0» (trois fois).")]
    [InlineData("\"Bien sûr\", dit-il\u202F; \"j'y vais\"...")]
    [InlineData("Quoi\u202F?! Il est 14:30.")]
    [InlineData("«\u00A0Où\u202F?\u00A0»")]
    [InlineData("Été")]
    public void French_SplitAndJoined_IsTheSame(string text) =>
        Assert.Equal(text, Detokenizer.Join(Tokenizer.French.Split(text)));

    [Theory]
    [InlineData("où es tu ? je suis là .", "Où es tu\u202F? Je suis là.")]
    [InlineData("' un ' et [ deux ]", "' Un ' et [deux]")]
    [InlineData("!", "!")]
    public void Words_Joined_AreASentence(string words, string text) =>
        Assert.Equal(text, Detokenizer.Join(words.Split(' ')));

    [Fact]
    public void NoWords_Joined_AreEmpty() => Assert.Equal("", Detokenizer.Join([]));

    // Every sentence that comes with the sample; they begin with capitals, and have spaces of all kinds before marks.
    [Fact]
    public void Sentences_SplitAndJoined_HaveTheSameWords()
    {
        foreach (SentencePair pair in PairFile.ReadDefault())
        {
            Assert.Equal(
                pair.French, Tokenizer.French.Split(Detokenizer.Join(pair.French)), StringComparer.OrdinalIgnoreCase);
        }
    }
}
