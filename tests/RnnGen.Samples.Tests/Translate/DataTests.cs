using System.Collections.Immutable;
using TranslateSample;

namespace RnnGen.Samples.Tests.Translate;

public sealed class DataTests
{
    private static readonly ImmutableArray<SentencePair> Pairs = PairFile.ReadDefault();

    [Fact]
    public void Sentences_OfTheSample_AreShortAndOfFewWords()
    {
        Assert.Equal(13_243, Pairs.Length);
        Assert.All(Pairs, pair => Assert.InRange(pair.English.Length, 4, 7));
        Assert.All(Pairs, pair => Assert.True(pair.Fits));
        Assert.InRange(DifferentWords(pair => pair.English), 350, 500);
        Assert.InRange(DifferentWords(pair => pair.French), 700, 1_000);
    }

    [Fact]
    public void Split_HasNoSourceOnBothSides()
    {
        var split = DataSplit.BySource(Pairs, seed: 1);

        string[] sources = [.. Pairs.Select(pair => pair.Source).Distinct()];
        HashSet<string> heldOut = [.. split.HeldOut.Select(pair => pair.Source)];
        Assert.Equal(sources.Length / 10, heldOut.Count);
        Assert.DoesNotContain(split.Training, pair => heldOut.Contains(pair.Source));
        Assert.Equal(Pairs.Length, split.Training.Length + split.HeldOut.Length);
        Assert.Equal(Pairs.ToHashSet(), split.Training.Concat(split.HeldOut).ToHashSet());
        Assert.Equal((sources.Length, 0), (split.Sources, split.TooLong));
    }

    [Fact]
    public void Split_DependsOnTheSeedAlone()
    {
        var split = DataSplit.BySource(Pairs, seed: 1);

        Assert.Equal(split.HeldOut.AsEnumerable(), DataSplit.BySource(Pairs, seed: 1).HeldOut);
        Assert.NotEqual(split.HeldOut.AsEnumerable(), DataSplit.BySource(Pairs, seed: 2).HeldOut);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Split_OfTheSameSentenceWrittenOtherwise_KeepsItTogether(ulong seed)
    {
        var split = DataSplit.BySource(
            [Pair("Go on!", "Continue !"), Pair("GO on !", "Continuez !"), Pair("Go on.", "Continue.")], seed);

        Assert.Single(split.HeldOut.Select(pair => pair.Source).Distinct());
        Assert.Single(split.Training.Select(pair => pair.Source).Distinct());
    }

    [Fact]
    public void Split_LeavesOutWhatIsTooLong()
    {
        var split = DataSplit.BySource(
            [
                Pair("Go.", "Va."), Pair("Come.", "Viens."), Pair("Stop.", Words(39)), Pair("Wait.", Words(40)),
                Pair(Words(32), "Oui."), Pair(Words(33), "Non."),
            ],
            seed: 1);

        Assert.Equal((4, 2), (split.Sources, split.TooLong));
        Assert.Equal(4, split.Training.Length + split.HeldOut.Length);
    }

    private static int DifferentWords(Func<SentencePair, ImmutableArray<string>> side) =>
        Pairs.SelectMany(pair => side(pair)).Distinct(Vocabulary.Comparer).Count();

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("a", count));

    private static SentencePair Pair(string english, string french) =>
        new(Tokenizer.English.Split(english), Tokenizer.French.Split(french));
}
