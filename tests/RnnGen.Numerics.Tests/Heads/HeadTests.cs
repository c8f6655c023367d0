using RnnGen.Kernels;

namespace RnnGen.Numerics.Tests.Heads;

/// <summary>Models of several heads: losses, gradients, streams, training.</summary>
public class HeadTests
{
    private static readonly int[] Lengths = [4, 7, 1, 6, 7];

    public static TheoryData<SimdTarget> Targets => [.. Harness.ModelCatalog.Targets];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Gradients_TwoHeadsFromGivenStates_AreThoseOfCentralDifferences(SimdTarget target)
    {
        var model = new TwoHeads(seed: 3, target);
        var data = new HeadData(5);
        RecurrentStates<double> states = data.States(model.CreateStates(Lengths.Length));
        using TwoHeads.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 2 });
        double Loss() => trainer.Evaluate(data.Features, data.Tags, data.Moods, Lengths, states);
        trainer.ComputeGradients(data.Features, data.Tags, data.Moods, Lengths, states);
        var check = new SlopeCheck(Loss);
        foreach (var tensor in model.Tensors)
        {
            check.Compare(tensor, model.GetTensor(tensor.Name), values => model.SetTensor(tensor.Name, values),
                trainer.Gradient(tensor.Name));
        }

        trainer.ComputeGradients(data.Features, data.Tags, data.Moods, Lengths, states);
        check.Compare("rnn.hidden", states.Get("rnn.hidden"), values => states.Set("rnn.hidden", values),
            trainer.InitialStateGradient("rnn.hidden"));
        Assert.True(check.Worst.Value < Tolerances.Gradient, $"{check.Worst.Value:g3} at {check.Worst.Place}");
        Assert.True(check.Count > 300);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Gradients_LossesOverTheSameRows_AreThoseOfCentralDifferences(SimdTarget target)
    {
        var model = new ThreeLosses(seed: 4, target);
        int[] lengths = [2, 6, 5, 1];
        var random = new Random(8);
        int[] tokens = [.. Enumerable.Range(0, 24).Select(_ => random.Next(9))];
        int[] next = [.. Enumerable.Range(0, 24).Select(_ => random.Next(5))];
        double[] hidden = [.. Enumerable.Range(0, 24 * 3).Select(_ => random.NextDouble())];
        double[] logits = [.. Enumerable.Range(0, 24 * 5).Select(_ => random.NextDouble())];
        using ThreeLosses.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 1 });
        double Loss() => trainer.Evaluate(tokens, hidden, next, logits, lengths);
        trainer.ComputeGradients(tokens, hidden, next, logits, lengths);
        var check = new SlopeCheck(Loss);
        foreach (var tensor in model.Tensors)
        {
            check.Compare(tensor, model.GetTensor(tensor.Name), values => model.SetTensor(tensor.Name, values),
                trainer.Gradient(tensor.Name));
        }

        Assert.True(check.Worst.Value < Tolerances.Gradient, $"{check.Worst.Value:g3} at {check.Worst.Place}");
    }

    [Fact]
    public void Losses_OfTwoHeads_AreThoseOfEachAloneTimesItsWeight()
    {
        var both = new TwoHeads(seed: 6);
        var tag = new TagHead();
        var mood = new MoodHead();
        Copy(both, tag.Tensors, tag.SetTensor);
        Copy(both, mood.Tensors, mood.SetTensor);
        var data = new HeadData(7);
        using TwoHeads.Trainer trainer = both.CreateTrainer();
        using TagHead.Trainer tagTrainer = tag.CreateTrainer();
        using MoodHead.Trainer moodTrainer = mood.CreateTrainer();

        double loss = trainer.ComputeGradients(data.Features, data.Tags, data.Moods, Lengths);
        double tagLoss = tagTrainer.ComputeGradients(data.Features, data.Tags, Lengths);
        double moodLoss = moodTrainer.ComputeGradients(data.Features, data.Moods, Lengths);

        Assert.Equal(tagLoss, trainer.HeadLoss(0));
        Assert.Equal(moodLoss, trainer.HeadLoss(1));
        Assert.Equal((0.7 * tagLoss) + (2 * moodLoss), loss);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.HeadLoss(2));
        foreach (string name in tag.Tensors.Select(tensor => tensor.Name))
        {
            double[] ofTag = tagTrainer.Gradient(name);
            double[] ofMood = name.StartsWith("rnn", StringComparison.Ordinal)
                ? moodTrainer.Gradient(name)
                : new double[ofTag.Length];
            Assert.All(trainer.Gradient(name).Zip(ofTag, ofMood), gradient => Assert.Equal(
                (0.7 * gradient.Second) + (2 * gradient.Third), gradient.First, Tolerances.OutputDouble));
        }
    }

    [Fact]
    public void Outputs_OfTwoHeads_AreThoseOfEachAlone()
    {
        var both = new TwoHeads(seed: 6);
        var tag = new TagHead();
        var mood = new MoodHead();
        Copy(both, tag.Tensors, tag.SetTensor);
        Copy(both, mood.Tensors, mood.SetTensor);
        var data = new HeadData(7);
        double[] tags = new double[7 * 5 * TwoHeads.TagOutputSize];
        double[] moods = new double[5 * TwoHeads.MoodOutputSize];
        double[] tagsAlone = new double[tags.Length];
        double[] moodsAlone = new double[moods.Length];

        both.Forward(data.Features, Lengths, tags, moods);
        tag.Forward(data.Features, Lengths, tagsAlone);
        mood.Forward(data.Features, Lengths, moodsAlone);
        Assert.Equal(tagsAlone, tags);
        Assert.Equal(moodsAlone, moods);

        both.Forward(data.Features, 5, tags, moods);
        tag.Forward(data.Features, 5, tagsAlone);
        Assert.Equal(tagsAlone, tags);
        both.Forward(data.Features.AsSpan(0, 21), tags.AsSpan(0, 7 * 4), moods.AsSpan(0, 2));
        mood.Forward(data.Features.AsSpan(0, 21), moodsAlone.AsSpan(0, 2));
        Assert.Equal(moodsAlone[..2], moods[..2]);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Stream_OfTwoHeads_GivesBoth(SimdTarget target)
    {
        var model = new StreamedHeads(seed: 2, target);
        var random = new Random(1);
        float[] features = [.. Enumerable.Range(0, 18).Select(_ => random.NextSingle())];
        float[] first = new float[9 * 3];
        float[] second = new float[9 * 17];
        model.Forward(features, first, second);
        using StreamedHeads.State state = model.CreateState();
        for (int step = 0; step < 9; step++)
        {
            ReadOnlySpan<float> given = model.Step(features.AsSpan(2 * step, 2), state);
            Assert.True(given.SequenceEqual(state.FirstOutputs));
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(first[(3 * step) + i], given[i], 1e-6f);
            }

            for (int i = 0; i < 17; i++)
            {
                Assert.Equal(second[(17 * step) + i], state.SecondOutputs[i], 1e-6f);
            }
        }
    }

    [Fact]
    public void Step_AnyNumberOfThreads_GivesTheSameBits()
    {
        double[] Train(int threads)
        {
            var model = new TwoHeads(seed: 1);
            var data = new HeadData(2);
            using TwoHeads.Trainer trainer = model.CreateTrainer(
                new TrainingOptions { Threads = threads, Optimizer = new Adam { LearningRate = 1e-2 } });
            for (int step = 0; step < 5; step++)
            {
                trainer.Step(data.Features, data.Tags, data.Moods, Lengths);
            }

            return [.. model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name))];
        }

        double[] alone = Train(1);
        Assert.Equal(alone, Train(2));
        Assert.Equal(alone, Train(3));
    }

    [Fact]
    public void Step_AfterTheFirst_AllocatesNothing()
    {
        var model = new TwoHeads(seed: 1);
        var data = new HeadData(2);
        using TwoHeads.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 1 });
        double[] tags = new double[7 * 5 * 4];
        double[] moods = new double[5 * 2];
        void Once()
        {
            trainer.Step(data.Features, data.Tags, data.Moods, Lengths);
            trainer.Evaluate(data.Features, data.Tags, data.Moods, 5);
            model.Forward(data.Features, Lengths, tags, moods);
        }

        for (int i = 0; i < 60; i++)
        {
            Once();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Step_BadBatches_AreRefusedByNameAndChangeNothing()
    {
        var model = new TwoHeads(seed: 1);
        var data = new HeadData(2);
        using TwoHeads.Trainer trainer = model.CreateTrainer();
        double[] before = [.. model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name))];
        int[] tags = [.. data.Tags];
        tags[0] = 4;
        Refuses<ArgumentOutOfRangeException>("tagTargets", "is 4; it must be from 0 to 3", () =>
            trainer.Step(data.Features, tags, data.Moods, Lengths));
        Refuses<ArgumentException>("moodTargets", "There are 9 moodTargets; there must be 10", () =>
            trainer.Step(data.Features, data.Tags, data.Moods.AsSpan(1), Lengths));
        double[] moods = [.. data.Moods];
        moods[3] = double.NaN;
        Refuses<ArgumentException>("moodTargets", "is NaN; training takes finite numbers only", () =>
            trainer.Step(data.Features, data.Tags, moods, Lengths));
        Refuses<ArgumentOutOfRangeException>("lengths", "lengths[0] is 8", () =>
            trainer.Step(data.Features, data.Tags, data.Moods, [8, 1, 1, 1, 1]));
        Refuses<ArgumentException>("moodOutputs", "There are 3 moodOutputs", () =>
            model.Forward(data.Features, Lengths, new double[140], new double[3]));
        Assert.Equal(before, model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name)));
        trainer.Step(data.Features, data.Tags, data.Moods, Lengths);

        static void Refuses<TException>(string parameter, string reason, Action call)
            where TException : ArgumentException
        {
            TException exception = Assert.Throws<TException>(call);
            Assert.Equal(parameter, exception.ParamName);
            Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        }
    }

    private static void Copy(
        TwoHeads from, IEnumerable<Weights.TensorMap> tensors, Setter set)
    {
        foreach (Weights.TensorMap tensor in tensors)
        {
            set(tensor.Name, from.GetTensor(tensor.Name));
        }
    }

    private delegate void Setter(string name, ReadOnlySpan<double> values);
}
