namespace RnnGen.Tests.Metrics;

/// <summary>Accuracy, exact match and error rate, by hand; and what all metrics of tokens share.</summary>
public sealed class TokenMetricTests
{
    public static TheoryData<TokenMetric> All => [new TokenAccuracy(), new ExactMatch(), new ErrorRate(), new Bleu()];

    [Fact]
    public void TokenAccuracy_IsTheShareOfRightPlaces()
    {
        var accuracy = new TokenAccuracy();
        Assert.Equal(0.75, accuracy.Of([1, 2, 3, 4], [1, 2, 0, 4]));
        Assert.Equal(1, accuracy.Of([3], [3]));
        Assert.Equal(0, accuracy.Of([], [3]));
        Assert.Equal(double.NaN, accuracy.Of(Array.Empty<int>(), Array.Empty<int>()));

        // Places that one of both lacks are wrong.
        Assert.Equal(2.0 / 5, accuracy.Of([1, 2, 9], [1, 2, 3, 4, 5]));
        Assert.Equal(2.0 / 5, accuracy.Of([1, 2, 3, 4, 5], [1, 2, 9]));

        // Of all together, not the mean of 1/1 and 1/4.
        Assert.Equal(2.0 / 5, accuracy.Of([[1], [2, 0, 0, 0]], [[1], [2, 3, 4, 5]]));

        // Two wrong of two, or one wrong of three.
        Assert.Equal(2.0 / 3, accuracy.Of([[1, 2]], [[[5, 6], [1, 2, 3]]]));
    }

    [Fact]
    public void ExactMatch_IsTheShareOfRightSequences()
    {
        var match = new ExactMatch();
        Assert.Equal(0.5, match.Of([[1, 2], [1, 2]], [[1, 2], [1, 2, 3]]));
        Assert.Equal(1, match.Of(Array.Empty<int>(), Array.Empty<int>()));
        Assert.Equal(0, match.Of([2, 1], [1, 2]));
        Assert.Equal(1, match.Of([[7]], [[[1], [2, 3], [7]]]));
    }

    [Fact]
    public void ErrorRate_IsDistanceByLengthOfReferences()
    {
        var rate = new ErrorRate();

        // A substitution and a deletion in 3 + 5 words.
        Assert.Equal(2.0 / 8, rate.Of([[1, 9, 3], [1, 2, 4, 5]], [[1, 2, 3], [1, 2, 3, 4, 5]]));
        Assert.Equal(3, rate.Of([1, 2, 3, 4], [4]));
        Assert.Equal(0, rate.Of([4, 2], [4, 2]));
        Assert.Equal(1, rate.Of([], [4, 2]));
        Assert.Equal(0, rate.Of(Array.Empty<int>(), Array.Empty<int>()));
        Assert.Equal(double.PositiveInfinity, rate.Of([1], []));

        // The nearest of three is one token away; of the two that are, the longer.
        Assert.Equal(1.0 / 4, rate.Of([[1, 2, 3]], [[[1, 2], [9, 8, 7], [1, 2, 3, 4]]]));
        Assert.Equal(1.0 / 4, rate.Of([[1, 2, 3]], [[[1, 2, 3, 4], [1, 2], [9, 8, 7]]]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AnyMetric_OfSequencesTogether_DoesNotDependOnTheirOrderNorOnOthersBetween(TokenMetric metric)
    {
        int[][] hypotheses = [[1, 2, 3, 4, 5], [2, 2, 1], [7, 1, 2, 3, 4], []];
        int[][] references = [[1, 2, 3, 4, 6], [2, 1], [1, 2, 3, 4], [5]];
        double value = metric.Of(hypotheses, references);
        Assert.True(double.IsFinite(value));
        Assert.Equal(value, metric.Of([.. hypotheses.Reverse()], references.Reverse().ToArray()), 1e-12);
        Assert.Equal(value, metric.Of(hypotheses, references.Select(one => (int[][])[one, one]).ToArray()));

        TokenAccumulator one = metric.Begin();
        TokenAccumulator other = metric.Begin();
        for (int i = 0; i < hypotheses.Length; i++)
        {
            one.Add(hypotheses[i], new TokenReferences(references[i].AsSpan()));
            other.Add([9, 9], new TokenReferences([8]));
        }

        Assert.Equal(value, one.Value);
        Assert.Equal(value, one.Value);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AnyMetric_OfNothing_IsNoNumber(TokenMetric metric) => Assert.Equal(
        double.NaN, metric.Of(Array.Empty<int[]>(), Array.Empty<int[]>()));

    [Theory]
    [MemberData(nameof(All))]
    public void AnyMetric_OfPerfectHypotheses_IsAtItsBest(TokenMetric metric)
    {
        int[][] sequences = [[1, 2, 3, 4, 5], [6, 7, 8, 9]];
        Assert.Equal(
            metric is Bleu ? 100 : metric.HigherIsBetter ? 1 : 0, metric.Of(sequences, sequences), 1e-10);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AnyMetric_Added_AllocatesNothingForEachSequence(TokenMetric metric)
    {
        int[] hypothesis = [1, 2, 3, 4, 5, 1, 2];
        int[] reference = [1, 2, 3, 5, 4, 1];
        TokenAccumulator accumulator = metric.Begin();
        accumulator.Add(hypothesis, new TokenReferences(reference.AsSpan()));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            accumulator.Add(hypothesis, new TokenReferences(reference.AsSpan()));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void BadCalls_AreRefusedByName()
    {
        var match = new ExactMatch();
        Assert.Contains("hypotheses has 1 sequence and references 2",
            Message("references", () => match.Of([[1]], [[1], [2]])), StringComparison.Ordinal);
        Assert.Contains("hypotheses[1] is null",
            Message("hypotheses", () => match.Of([[1], null!], [[1], [2]])), StringComparison.Ordinal);
        Assert.Contains("references[0] is null",
            Message("references", () => match.Of([[1]], new int[][] { null! })), StringComparison.Ordinal);
        Assert.Contains("references[0] must be 1 reference or more",
            Message("references", () => match.Of([[1]], new int[][][] { [] })), StringComparison.Ordinal);
        Assert.Contains("must have a name",
            Message("Name", () => _ = new ExactMatch { Name = " " }), StringComparison.Ordinal);
        Assert.Contains("There must be 1 reference or more",
            Message("references", () => _ = new TokenReferences(ReadOnlySpan<int[]>.Empty).Count),
            StringComparison.Ordinal);
        Assert.Contains("The reference is 1; it must be from 0 to 0",
            Message("index", () => _ = new TokenReferences([1, 2])[1].Length), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExactMatch { Source = (MetricSource)7 });
    }

    [Fact]
    public void ToString_SaysNameAndWhichWayIsBetter()
    {
        Assert.Equal("WER (lower is better)", new ErrorRate { Name = "WER" }.ToString());
        Assert.Equal("BLEU (higher is better)", new Bleu().ToString());
        Assert.Equal("BLEU 31.204", new MetricValue("BLEU", 31.2041).ToString());
    }

    private static string Message(string parameter, Action call)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(parameter, exception.ParamName);
        return exception.Message;
    }
}
