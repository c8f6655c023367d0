namespace RnnGen.Numerics.Tests.Stacks;

/// <summary>What users of models that decode read: of data that does not fit, and of options.</summary>
public sealed class DecodingMessageTests
{
    private static readonly int[][] Sources = [[3, 1], [5], [8, 0, 2]];

    [Fact]
    public void Fit_TargetsThatDoNotFit_AreCalledWhatTheyAreGivenAs()
    {
        void Refuses(string reason, int[][] targets)
        {
            string message = Refusal(new FeedSequences<double>().Add("source", Sources).Add("targets", targets));
            Assert.Contains(reason, message, StringComparison.Ordinal);
            Assert.DoesNotContain("'target'", message, StringComparison.Ordinal);
        }

        Refuses("'targets' of sequence 1 has 8 steps; the model takes from 1 to 7",
            [[4, 2], [3, 3, 3, 3, 3, 3, 3, 2], [2]]);
        Refuses("'targets' of sequence 2 has 0 steps", [[4, 2], [2], []]);
        Refuses("'targets' of sequence 0 has 7 at step 1; it must be from 0 to 6", [[4, 7, 2], [2], [2]]);
        Refuses("'targets' of sequence 0 has -1 at step 0; it must be from 0 to 6", [[-1, 2], [2], [2]]);
        Refuses("'targets' of sequence 0 has 9 at step 2; it must be from 0 to 6", [[4, 5, 9], [2], [2]]);
        Refuses("'targets' has 2 sequences and 'source' 3", [[4, 2], [2]]);
        Refuses("'targets' of sequence 1 end in 5, at step 2; they must end in 2", [[4, 2], [3, 4, 5], [2]]);
        Refuses(
            "'targets' of sequence 1 have 2 at step 1, before their last, 3; 2 is what the model is declared to end "
                + "in, so nothing may follow it.",
            [[4, 2], [3, 2, 5, 2], [2]]);
    }

    [Fact]
    public void Fit_TargetsThatAreMissingOrNumbers_AreAskedForByTheirName()
    {
        string missing = Refusal(new FeedSequences<double>().Add("source", Sources));
        Assert.Contains(
            "There is no 'targets' in the data; the model takes 'source', 'targets'.", missing,
            StringComparison.Ordinal);
        string numbers = Refusal(
            new FeedSequences<double>().Add("source", Sources).Add("targets", (double[][])[[4, 2], [2], [2]]));
        Assert.Contains(
            "'targets' holds numbers; the model takes tokens or classes from 0 to 6.", numbers,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Step_AnEndWithinTargets_IsRefusedWithItsPlace()
    {
        using Speaker.Trainer trainer = new Speaker(seed: 1).CreateTrainer();

        // [T, B] of two sequences, the second of which has an end in its middle.
        var exception = Assert.Throws<ArgumentException>(
            "targets", () => trainer.Step([1, 3], [4, 2, 2, 4, 2, 2], [1, 1], [2, 3]));
        Assert.Contains(
            "targets of sequence 1 have 2 at step 0, before their last, 2;", exception.Message,
            StringComparison.Ordinal);

        // What stands behind a sequence's end is padding.
        Assert.True(double.IsFinite(trainer.Step([1, 3], [4, 2, 2, 4, 2, 2], [1, 1], [2, 1])));
    }

    [Fact]
    public void Decode_OptionsWithoutEffect_AreRefused()
    {
        var model = new Speaker(seed: 1);
        void Refuses(string reason, DecodingOptions options)
        {
            var one = Assert.Throws<ArgumentException>("options", () => model.Decode([1], options));
            var several = Assert.Throws<ArgumentException>("options", () => model.Decode(Sources, options));
            Assert.Contains(reason, one.Message, StringComparison.Ordinal);
            Assert.Equal(one.Message, several.Message);
        }

        Refuses("TopK is 5, but nothing is drawn without Sample = true.", new DecodingOptions { TopK = 5 });
        Refuses("TopP is 0.9, but nothing is drawn", new DecodingOptions { TopP = 0.9 });
        Refuses("Temperature is 0.5, but nothing is drawn", new DecodingOptions { Temperature = 0.5 });
        Refuses("Seed is 3, but nothing is drawn", new DecodingOptions { Seed = 3, BeamSize = 2 });
        Refuses("BeamSize is 4, but where tokens are drawn there is no beam",
            new DecodingOptions { Sample = true, BeamSize = 4 });
        var drawing = new DecodingOptions
        {
            Sample = true,
            Count = 3,
            Temperature = 2,
            TopK = 3,
            TopP = 0.9,
            Seed = 3,
        };
        Assert.Equal(3, model.Decode([1], drawing).Length);
    }

    private static string Refusal(FeedSequences<double> data)
    {
        using Speaker.Trainer trainer = new Speaker(seed: 1).CreateTrainer();
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(data, 1));
        Assert.Equal("data", exception.ParamName);
        return exception.Message;
    }
}
