using System.Collections.Immutable;
using PronounceSample;

namespace RnnGen.Samples.Tests.Pronounce;

public sealed class DictionaryTests
{
    [Fact]
    public void Lines_OfAWord_AreItsPronunciations()
    {
        PronouncingDictionary dictionary = Read(
            "tomato T AH0 M EY1 T OW2\n"
            + "aalborg(2) AA1 L B AO0 R G # place, danish\n"
            + "\n"
            + "# a comment\n"
            + "TOMATO(2)  T AH0 M AA1 T OW2\n"
            + "tomato(3) T AH1 M AA0 T OW0\n");

        Assert.Equal(["tomato", "aalborg"], dictionary.Words.Select(word => word.Spelling));

        // The third differs from the second by nothing but stress.
        Assert.Equal(["T AH M EY T OW", "T AH M AA T OW"], dictionary.Words[0].Pronunciations.AsEnumerable());
        Assert.Equal(["AA L B AO R G"], dictionary.Words[1].Pronunciations.AsEnumerable());
        Assert.Equal(0, dictionary.TooLong);
    }

    [Fact]
    public void Words_TooLongForTheModel_AreLeftOutAndCounted()
    {
        string longest = new('a', Pronouncer.SourceSteps);
        string phonemes = string.Concat(Enumerable.Repeat(" AE1", Pronouncer.TargetSteps - 1));

        PronouncingDictionary dictionary = Read(
            $"{longest} AH0\n{longest}h AH0\nb{phonemes}\nc{phonemes} B\nd{phonemes} B\nd(2) D IY1\n");

        Assert.Equal([longest, "b", "d"], dictionary.Words.Select(word => word.Spelling));
        Assert.Equal(["D IY"], dictionary.Words[2].Pronunciations.AsEnumerable());
        Assert.Equal(2, dictionary.TooLong);
    }

    [Theory]
    [InlineData("cat", "it must be of the form 'word PHONEME PHONEME ...'.")]
    [InlineData("cat # K AE1 T", "it must be of the form 'word PHONEME PHONEME ...'.")]
    [InlineData("c4t K AE1 T", "'4' is no letter of the model, which knows a to z, apostrophe, hyphen and full stop.")]
    [InlineData("c\u001b[31mat K AE1 T", "'U+001B' is no letter of the model, ")]
    [InlineData("cat(two) K AE1 T", "'(' is no letter of the model, ")]
    [InlineData("cat K A1 T", "'A' is no phoneme of the model, which knows AA, AE, ")]
    [InlineData("cat k AE1 T", "'k' is no phoneme of the model, ")]
    public void Line_Unusable_IsNamed(string line, string message)
    {
        Exception refusal = Assert.ThrowsAny<Exception>(() => Read($"dog D AO1 G\n\n{line}\n"));

        Assert.StartsWith($"'test', line 3: {message}", refusal.Message);
    }

    [Fact]
    public void ShippedWords_FitTheModel()
    {
        PronouncingDictionary dictionary = PronouncingDictionary.Shipped();

        // Of 126,052 words every eleventh.
        Assert.Equal(126_052 / 11, dictionary.Words.Length);
        Assert.Equal(0, dictionary.TooLong);
        Assert.Equal("'round", dictionary.Words[0].Spelling);
        Assert.Equal(Pronouncer.SourceVocabulary, Vocabulary.Letters.Count);
        Assert.Equal(
            (Pronouncer.Start, Pronouncer.End, Pronouncer.TargetVocabulary),
            (Vocabulary.Phonemes.Count, Vocabulary.Phonemes.Count + 1, Vocabulary.Phonemes.Count + 2));
        Assert.Equal(Pronouncer.TargetSteps, Vocabulary.Phonemes.Most + 1);
    }

    [Fact]
    public void Split_HoldsOutATenthByWord()
    {
        ImmutableArray<DictionaryWord> words = PronouncingDictionary.Shipped().Words;

        var split = DataSplit.Of(words, seed: 1);

        Assert.Equal(1_145, split.HeldOut.Length);
        Assert.Equal(words.Length - 1_145, split.Training.Length);
        Assert.Equal(
            words.Select(word => word.Spelling).Order(StringComparer.Ordinal),
            split.Training.Concat(split.HeldOut).Select(word => word.Spelling).Order(StringComparer.Ordinal));
        Assert.Equal(split.HeldOut.AsEnumerable(), DataSplit.Of(words, seed: 1).HeldOut);
        Assert.NotEqual(split.HeldOut.AsEnumerable(), DataSplit.Of(words, seed: 2).HeldOut);
    }

    [Fact]
    public void Split_OfTooFewWords_IsRefused()
    {
        ImmutableArray<DictionaryWord> words = [.. Enumerable.Repeat(new DictionaryWord("a", ["AH"]), 9)];

        Exception refusal = Assert.ThrowsAny<Exception>(() => DataSplit.Of(words, seed: 1));

        Assert.Equal("There are 9 words; there must be 10 or more, since a tenth is held out.", refusal.Message);
    }

    [Fact]
    public void Examples_AreAllPronunciations()
    {
        var examples = new Examples([new("ab", ["AE B", "EY B"]), new("abcde", ["AE B"])]);

        Assert.Equal(3, examples.Count);
        Assert.Equal(3, examples.MeanLetters);
    }

    private static PronouncingDictionary Read(string text) =>
        PronouncingDictionary.Read(new StringReader(text), "test");
}
