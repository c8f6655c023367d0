using System.Text;
using CharacterSample;

namespace RnnGen.Samples.Tests.Characters;

public sealed class VocabularyTests
{
    [Fact]
    public void Vocabulary_OfText_HasTheMostFrequentFirst()
    {
        var vocabulary = Vocabulary.Of(Runes("banana 🍌\n"));

        // Equally frequent ones by code point.
        Assert.Equal("an\n b🍌", vocabulary.Characters);
        Assert.Equal([5, 1, 2, 6, 0], vocabulary.Encode(Runes("ban🍌x")));
        Assert.Equal(new Rune(0x1F34C), vocabulary.CharacterOf(6));
    }

    [Fact]
    public void Vocabulary_OfManyCharacters_LeavesTheRarestToOther()
    {
        string frequent = string.Concat(Enumerable.Range(0x4E00, Vocabulary.MaxCharacters).Select(c => (char)c));

        var vocabulary = Vocabulary.Of(Runes(frequent + frequent + "seldom"));

        Assert.Equal(frequent, vocabulary.Characters);
        Assert.Equal(Vocabulary.Other, vocabulary.TokenOf(new Rune('s')));
    }

    [Fact]
    public void Vocabulary_OfText_HasNoControlCharactersButWhiteSpace()
    {
        Assert.Equal("\t\n\r", Vocabulary.Of(Runes("\u0000\u001b\u0085\t\n\r")).Characters);
    }

    [Fact]
    public void Vocabulary_FromItsCharacters_IsTheSame()
    {
        var vocabulary = Vocabulary.Of(Runes("To be, or not to be"));
        Assert.Equal(vocabulary.Characters, new Vocabulary(vocabulary.Characters).Characters);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abca")]
    [InlineData("a\u001b")]
    public void Vocabulary_FromDamagedCharacters_IsRefused(string characters)
    {
        Assert.Throws<InvalidDataException>(() => new Vocabulary(characters));
    }

    private static Rune[] Runes(string text) => [.. text.EnumerateRunes()];
}
