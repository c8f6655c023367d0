namespace RnnGen.Tests.Metrics;

/// <summary>BLEU against values that sacreBLEU publishes or gives, and against its definition by hand.</summary>
public sealed class BleuTests
{
    // The example of sacreBLEU's README, in the words that its tokenizer 13a makes.
    [Fact]
    public void Of_ThePublishedExample_IsThePublishedValue()
    {
        var words = new Words();
        int[][] hypotheses =
        [
            words.Of("The dog bit the man ."), words.Of("It wasn't surprising ."),
            words.Of("The man had just bitten him ."),
        ];
        int[][][] references =
        [
            [words.Of("The dog bit the man ."), words.Of("The dog had bit the man .")],
            [words.Of("It was not unexpected ."), words.Of("No one was surprised .")],
            [words.Of("The man bit him first ."), words.Of("The man had bitten the dog .")],
        ];
        Assert.Equal(48.530827, new Bleu().Of(hypotheses, references), 1e-6);
    }

    // sacreBLEU's tests of single sentences.
    [Theory]
    [InlineData(
        "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb ;",
        "producţia de zahăr brut se exprimă în zahăr alb ;", 8.493)]
    [InlineData("this is a cat", "okay thanks", 0)]
    [InlineData("test", "a test", 36.78794411714425)]
    [InlineData("a test", "a test", 100)]
    public void Of_OneSentence_IsThePublishedValue(string hypothesis, string reference, double expected)
    {
        var words = new Words();
        var bleu = new Bleu { EffectiveOrder = true };
        Assert.Equal(expected, bleu.Of(words.Of(hypothesis), words.Of(reference)), 1e-3);
    }

    // Matches of 1 to 4 words: 4 of 6, 2 of 5, 1 of 4 and 0 of 3, which is made half of one.
    [Fact]
    public void Of_AnOrderWithoutMatches_IsSmoothed()
    {
        var words = new Words();
        double value = new Bleu().Of(
            words.Of("am I am a character sequence"), words.Of("I am a symbol string sequence a a"));
        double expected = 100 * Math.Exp(1 - (8.0 / 6)) * Math.Pow(4.0 / 6 * 2 / 5 * 1 / 4 * 0.5 / 3, 0.25);
        Assert.Equal(expected, value, 1e-12);
    }

    [Fact]
    public void Of_TwoOrdersWithoutMatches_HalvesTheSecondTwice()
    {
        // 3 of 4 tokens and 1 of 3 pairs.
        double expected = 100 * Math.Pow(3.0 / 4 * 1 / 3 * 0.5 / 2 * 0.25 / 1, 0.25);
        Assert.Equal(expected, new Bleu().Of([1, 2, 9, 3], [1, 2, 3, 4]), 1e-12);
    }

    // What sacreBLEU 2.6 gives for the same numbers as words: tok:none, smooth:exp, eff:no and eff:yes.
    [Theory]
    [InlineData(1, 20, 8, 1, 12, 15.638164675049513, 15.638164675049513)]
    [InlineData(2, 20, 8, 3, 12, 45.12394910910114, 45.12394910910114)]
    [InlineData(3, 5, 30, 2, 20, 42.09133402249097, 42.09133402249097)]
    [InlineData(4, 3, 50, 1, 5, 0.0, 23.20794416806389)]
    [InlineData(5, 40, 4, 2, 9, 44.739835837735555, 44.739835837735555)]
    [InlineData(6, 1, 6, 2, 3, 0.0, 49.99999999999999)]
    [InlineData(7, 2, 9, 1, 4, 0.0, 0.0)]
    public void Of_ACorpus_IsWhatSacreBleuGives(
        ulong seed, int sequences, int vocabulary, int references, int most, double expected, double effective)
    {
        (int[][] hypotheses, int[][][] right) = Corpus(seed, sequences, vocabulary, references, most);
        Assert.Equal(expected, new Bleu().Of(hypotheses, right), 1e-10);
        Assert.Equal(effective, new Bleu { EffectiveOrder = true }.Of(hypotheses, right), 1e-10);
    }

    [Fact]
    public void Of_Extremes_AreAsDefined()
    {
        var bleu = new Bleu();
        Assert.Equal(100, bleu.Of([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), 1e-10);
        Assert.Equal(0, bleu.Of([], [1, 2, 3]));
        Assert.Equal(0, bleu.Of([1, 2, 3], []));
        Assert.Equal(0, bleu.Of([5, 6, 7, 8], [1, 2, 3, 4]));

        // Three tokens have no four in a row.
        Assert.Equal(0, bleu.Of([1, 2, 3], [1, 2, 3]));
        Assert.Equal(100, new Bleu { EffectiveOrder = true }.Of([1, 2, 3], [1, 2, 3]), 1e-10);
        Assert.Equal(double.NaN, bleu.Of(Array.Empty<int[]>(), Array.Empty<int[]>()));
    }

    [Fact]
    public void Of_TokensOfAnyValue_AreToldApart()
    {
        var bleu = new Bleu { EffectiveOrder = true };
        Assert.Equal(100, bleu.Of([0, 0, 0, 0], [0, 0, 0, 0]), 1e-10);
        Assert.Equal(100, bleu.Of([-1, int.MaxValue, int.MinValue, 0], [-1, int.MaxValue, int.MinValue, 0]), 1e-10);

        // A token that is repeated matches as often as the reference has it: 2 of 4, 1 of 3, then smoothed.
        double expected = 100 * Math.Pow(2.0 / 4 * 1 / 3 * 0.5 / 2 * 0.25 / 1, 0.25);
        Assert.Equal(expected, bleu.Of([7, 7, 7, 7], [7, 7, 1, 2]), 1e-10);
    }

    [Theory]
    [InlineData(3, 5, 4, 4)]
    [InlineData(4, 6, 4, 4)]
    [InlineData(4, 3, 5, 3)]
    [InlineData(4, 5, 3, 3)]
    public void Of_SeveralReferences_HasTheClosestLengthAndOfTwoTheShorter(
        int hypothesis, int one, int other, int closest)
    {
        // All of one token: the precisions are known, only the penalty is left.
        int longest = Math.Max(one, other);
        int[] Repeat(int count) => [.. Enumerable.Repeat(1, count)];
        double value = new Bleu { EffectiveOrder = true }.Of([Repeat(hypothesis)], [[Repeat(one), Repeat(other)]]);
        double precisions = 1;
        int orders = Math.Min(4, hypothesis);
        for (int order = 1; order <= orders; order++)
        {
            int there = hypothesis - order + 1;
            precisions *= Math.Min(there, Math.Max(longest - order + 1, 0)) / (double)there;
        }

        double penalty = hypothesis < closest ? Math.Exp(1 - ((double)closest / hypothesis)) : 1;
        Assert.Equal(100 * penalty * Math.Pow(precisions, 1.0 / orders), value, 1e-10);
    }

    // Knuth's generator, so that the numbers can be had elsewhere.
    private static (int[][] Hypotheses, int[][][] References) Corpus(
        ulong seed, int sequences, int vocabulary, int references, int most)
    {
        ulong state = seed;
        int Next(int below)
        {
            state = unchecked((state * 6364136223846793005) + 1442695040888963407);
            return (int)((state >> 33) % (ulong)below);
        }

        var hypotheses = new int[sequences][];
        var right = new int[sequences][][];
        for (int i = 0; i < sequences; i++)
        {
            int[] one = [.. Enumerable.Range(0, 1 + Next(most)).Select(_ => Next(vocabulary))];
            right[i] = new int[references][];
            for (int k = 0; k < references; k++)
            {
                int[] changed = [.. one.Select(token => Next(10) < 2 ? Next(vocabulary) : token)];
                right[i][k] = changed[..Math.Max(1, one.Length - Next(3))];
            }

            int[] found = [.. one.Select(token => Next(10) < 3 ? Next(vocabulary) : token)];
            hypotheses[i] = found[..(found.Length - Next(Math.Min(found.Length + 1, 4)))];
        }

        return (hypotheses, right);
    }
}
