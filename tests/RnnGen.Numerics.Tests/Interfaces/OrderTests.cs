using RnnGen.Numerics.Tests.Heads;

namespace RnnGen.Numerics.Tests.Interfaces;

/// <summary>Batches sequence by sequence give what they give step by step.</summary>
public class OrderTests
{
    private static readonly int[] Lengths = [4, 7, 1, 6, 7];

    [Fact]
    public void Forward_SequenceBySequence_IsThatStepByStep()
    {
        var model = new TagHead(seed: 3);
        var data = new HeadData(4);
        double[] expected = new double[35 * 4];
        double[] outputs = [.. Enumerable.Repeat(double.NaN, 35 * 4)];
        RecurrentStates<double> initial = data.States(model.CreateStates(5));
        RecurrentStates<double> final = model.CreateStates(5);
        RecurrentStates<double> expectedFinal = model.CreateStates(5);

        model.Forward(data.Features, Lengths, expected, initial, expectedFinal);
        model.Forward(
            Turned(data.Features, 3), Lengths, outputs, SequenceOrder.BatchMajor, initial, final);
        Assert.Equal(Turned(expected, 4), outputs);
        Assert.Equal(expectedFinal.Get("rnn.hidden"), final.Get("rnn.hidden"));

        model.Forward(data.Features, 5, expected);
        model.Forward(Turned(data.Features, 3), 5, outputs, SequenceOrder.BatchMajor);
        Assert.Equal(Turned(expected, 4), outputs);
        model.Forward(data.Features, 5, outputs, SequenceOrder.TimeMajor);
        Assert.Equal(expected, outputs);
    }

    [Fact]
    public void Forward_OneOutputPerSequence_HasNoOrder()
    {
        var model = new MoodHead(seed: 3);
        var data = new HeadData(4);
        double[] expected = new double[10];
        double[] outputs = new double[10];
        model.Forward(data.Features, Lengths, expected);
        model.Forward(Turned(data.Features, 3), Lengths, outputs, SequenceOrder.BatchMajor);
        Assert.Equal(expected, outputs);
    }

    [Fact]
    public void Training_SequenceBySequence_IsThatStepByStep()
    {
        double[] Train(Action<TagHead.Trainer, HeadData> step)
        {
            var model = new TagHead(seed: 3);
            using TagHead.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 1 });
            step(trainer, new HeadData(4));
            return [.. model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name))];
        }

        Assert.Equal(
            Train((trainer, data) =>
            {
                trainer.Step(data.Features, data.Tags, Lengths);
                trainer.Step(data.Features, data.Tags, 5);
            }),
            Train((trainer, data) =>
            {
                double[] features = Turned(data.Features, 3);
                int[] tags = Turned(data.Tags, 1);
                const SequenceOrder Order = SequenceOrder.BatchMajor;
                Assert.Equal(
                    trainer.Evaluate(data.Features, data.Tags, Lengths),
                    trainer.Evaluate(features, tags, Lengths, Order));
                Assert.Equal(
                    trainer.ComputeGradients(data.Features, data.Tags, 5),
                    trainer.ComputeGradients(features, tags, 5, Order));
                trainer.Step(features, tags, Lengths, Order);
                trainer.Step(features, tags, 5, Order);
            }));
    }

    [Fact]
    public void Heads_SequenceBySequence_AreThoseStepByStep()
    {
        var model = new TwoHeads(seed: 3);
        var data = new HeadData(4);
        (double[] tags, double[] moods) = (new double[140], new double[10]);
        (double[] turnedTags, double[] turnedMoods) = (new double[140], new double[10]);
        model.Forward(data.Features, Lengths, tags, moods);
        model.Forward(
            Turned(data.Features, 3), Lengths, turnedTags, turnedMoods, order: SequenceOrder.BatchMajor);
        Assert.Equal(Turned(tags, 4), turnedTags);
        Assert.Equal(moods, turnedMoods);
    }

    [Fact]
    public void BadNumbers_SequenceBySequence_AreNamedByTheirPlace()
    {
        var model = new TagHead(seed: 3);
        var data = new HeadData(4);
        int[] tags = [.. Turned(data.Tags, 1)];
        using TagHead.Trainer trainer = model.CreateTrainer();
        tags[(1 * 7) + 6] = 9;
        Assert.Contains(
            "targets[13] (step 6, sequence 1) is 9",
            Assert.Throws<ArgumentOutOfRangeException>(() =>
                trainer.Step(Turned(data.Features, 3), tags, Lengths, SequenceOrder.BatchMajor)).Message,
            StringComparison.Ordinal);
        tags[(1 * 7) + 6] = 0;
        tags[(2 * 7) + 1] = 9;
        trainer.Step(Turned(data.Features, 3), tags, Lengths, SequenceOrder.BatchMajor);
        Assert.Contains(
            "there must be 140, that is [5, 7, 4]",
            Assert.Throws<ArgumentException>(() =>
                model.Forward(data.Features, Lengths, new double[3], SequenceOrder.BatchMajor)).Message,
            StringComparison.Ordinal);
    }

    // From [7, 5, width] to [5, 7, width].
    private static TValue[] Turned<TValue>(TValue[] values, int width)
    {
        var turned = new TValue[values.Length];
        for (int step = 0; step < 7; step++)
        {
            for (int sequence = 0; sequence < 5; sequence++)
            {
                Array.Copy(values, ((step * 5) + sequence) * width, turned, ((sequence * 7) + step) * width, width);
            }
        }

        return turned;
    }
}
