using System.Collections.Immutable;
using TranslateSample;

namespace RnnGen.Samples.Tests.Translate;

public sealed class VocabularyTests
{
    private static readonly Vocabulary Words = Vocabulary.Of(
        Language.French,
        [.. "Tom va . tom . Tom va . Vas-tu bien , Tom ? Marie va bien . Bien , dit Marie ; Marie .".Split(" . ")
            .Select(sentence => Tokenizer.French.Split(sentence + " ."))]);

    [Fact]
    public void Words_AreTheFrequentOnes_AsTheyAreMostlySpelt() =>
        Assert.Equal([".", "Tom", "bien", "Marie", "va"], Words.Words.AsEnumerable());

    [Fact]
    public void Words_ThatAreRare_AreUnknown()
    {
        Assert.Equal([3, 4, 4, 5, 0, 0], Words.Encode([".", "TOM", "tom", "Bien", "vas", "Zoé"]));
        Assert.True(Words.Knows("MARIE"));
        Assert.False(Words.Knows("vas"));
    }

    // Unknown, start, end, words, and a token that stands for nothing.
    [Fact]
    public void Tokens_StandForWordsOrForNone()
    {
        string[] words = [.. Enumerable.Range(0, 9).Select(token => Words.WordOf(token) ?? "none")];

        Assert.Equal(["none", "none", "none", ".", "Tom", "bien", "Marie", "va", "none"], words);
    }

    [Fact]
    public void Words_AreAtMostThoseOfTheModel()
    {
        ImmutableArray<string> many = [.. Enumerable.Range(0, 7_000).Select(number => $"w{number}")];

        var vocabulary = Vocabulary.Of(Language.English, [many, many, many]);

        Assert.Equal(SentenceModel.SourceVocabulary - 1, vocabulary.Words.Length);
        Assert.Equal(SentenceModel.SourceVocabulary - 1, vocabulary.Encode(vocabulary.Words).Max());
        Assert.Throws<InvalidDataException>(() => new Vocabulary(Language.English, many));
    }

    [Theory]
    [InlineData()]
    [InlineData("a", "A")]
    [InlineData("a", "")]
    [InlineData("a b")]
    [InlineData("a\u001b")]
    public void Words_OfADamagedFile_AreRefused(params string[] words) =>
        Assert.Throws<InvalidDataException>(() => new Vocabulary(Language.French, [.. words]));
}
