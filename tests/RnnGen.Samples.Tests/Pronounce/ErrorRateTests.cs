using PronounceSample;

namespace RnnGen.Samples.Tests.Pronounce;

/// <summary>Error rates, by hand.</summary>
public sealed class ErrorRateTests
{
    private static readonly HeldOutWords Words = new(
    [
        new("tomato", ["T AH M EY T OW", "T AH M AA T OW"]),
        new("cat", ["K AE T"]),
        new("a", ["AH", "EY", "AH EY"]),
    ]);

    // All are among the pronunciations, if not the first ones.
    [Fact]
    public void Rates_AnyPronunciation_IsRight() => AssertRates(0, 0, "T AH M AA T OW", "K AE T", "EY");

    // Of tomato's second 1 of 6 is wrong and 1 too many, of cat's 1 of 3 is missing, of a's 0 of 2.
    [Fact]
    public void Rates_Wrong_AreByTheNearestPronunciation() =>
        AssertRates(2 / 3.0, 3 / 11.0, "T AH M AA D OW Z", "K T", "AH EY");

    // Of a's pronunciations both short ones are nearest.
    [Fact]
    public void Rates_OfNothing_AreOne() => AssertRates(1, 1, "", "", "");

    private static void AssertRates(double words, double phonemes, params string[] pronunciations)
    {
        ErrorRates rates = Words.RatesOf([.. pronunciations.Select(Encode)]);

        Assert.Equal(words, rates.Words, 1e-12);
        Assert.Equal(phonemes, rates.Phonemes, 1e-12);
    }

    private static int[] Encode(string text) =>
        text.Length == 0 ? [] : Vocabulary.Phonemes.Encode(text);
}
