namespace RnnGen.Tests.Metrics;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("k i t t e n", "s i t t i n g", 3)]
    [InlineData("i n t e n t i o n", "e x e c u t i o n", 5)]
    [InlineData("s a t u r d a y", "s u n d a y", 3)]
    [InlineData("a b c", "a b c", 0)]
    [InlineData("a b c", "c b a", 2)]
    [InlineData("a b", "b a", 2)]
    [InlineData("a", "b", 1)]
    [InlineData("", "a b c", 3)]
    [InlineData("a b c", "", 3)]
    [InlineData("", "", 0)]
    [InlineData("a a a", "a a", 1)]
    [InlineData("a b a b", "b a b a", 2)]
    public void Between_KnownPairs_IsKnown(string first, string second, int expected)
    {
        var words = new Words();
        Assert.Equal(expected, EditDistance.Between(words.Of(first), words.Of(second)));
    }

    [Fact]
    public void Between_RandomPairs_IsThatOfTheWholeTable()
    {
        var random = new Random(3);
        for (int trial = 0; trial < 400; trial++)
        {
            int[] first = Tokens(random, random.Next(12), 1 + random.Next(4));
            int[] second = Tokens(random, random.Next(12), 1 + random.Next(4));
            int[] third = Tokens(random, random.Next(12), 1 + random.Next(4));
            int distance = EditDistance.Between(first, second);
            Assert.Equal(ByTable(first, second), distance);
            Assert.Equal(distance, EditDistance.Between(second, first));
            Assert.True(
                distance <= EditDistance.Between(first, third) + EditDistance.Between(third, second));
        }
    }

    // Around the length from which memory is rented.
    [Theory]
    [InlineData(255, 300)]
    [InlineData(256, 257)]
    [InlineData(257, 256)]
    [InlineData(700, 600)]
    public void Between_LongSequences_IsThatOfTheWholeTable(int first, int second)
    {
        var random = new Random(first);
        int[] one = Tokens(random, first, 5);
        int[] other = Tokens(random, second, 5);
        Assert.Equal(ByTable(one, other), EditDistance.Between(one, other));
    }

    private static int[] Tokens(Random random, int count, int vocabulary) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];

    private static int ByTable(int[] first, int[] second)
    {
        int[,] table = new int[first.Length + 1, second.Length + 1];
        for (int i = 0; i <= first.Length; i++)
        {
            for (int j = 0; j <= second.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    table[i - 1, j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1),
                    1 + Math.Min(table[i - 1, j], table[i, j - 1]));
            }
        }

        return table[first.Length, second.Length];
    }
}
