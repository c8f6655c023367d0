using RnnGen.Numerics.Tests.Harness;
using RnnGen.Numerics.Tests.Reference;
using RnnGen.Numerics.Tests.States;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.Training;

/// <summary>Truncated back-propagation through time: each sequence goes on where its last window ended.</summary>
public sealed class CarriedStateTests
{
    public static TheoryData<string> Models => ModelCatalog.Names(facts =>
        facts is { IsDouble: true, Streams: true, OutputPerSequence: false, Steps: > 1 }
        && facts.Layers.OfType<RecurrentAttribute>().Any());

    private static TrainingOptions Still => new() { CarryState = true, Optimizer = new Sgd { LearningRate = 0 } };

    [Theory]
    [MemberData(nameof(Models))]
    public void Evaluate_TwoWindows_EqualsOneOfBoth(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = RandomModel(facts);
        using TestedTrainer<double> trainer = model.CreateTrainer(Still);
        using TestedTrainer<double> fresh = model.CreateTrainer(new TrainingOptions());
        int half = facts.Steps / 2;
        Sample<double> whole = Sample<double>.Draw(facts, BatchKind.Full, seed: 43);
        double expected = fresh.Evaluate(whole.Window(0, 2 * half));
        double first = trainer.Evaluate(whole.Window(0, half));
        double second = trainer.Evaluate(whole.Window(half, half));
        Assert.Equal(expected, (first + second) / 2, Tolerances.OutputDouble);
        Assert.NotEqual(fresh.Evaluate(whole.Window(half, half)), second);

        // Training has a state of its own.
        if (!facts.HasDropout)
        {
            Assert.Equal(first, trainer.Step(whole.Window(0, half)));
            Assert.Equal(second, trainer.Step(whole.Window(half, half)));
        }

        trainer.ResetState();
        Assert.Equal(first, trainer.Evaluate(whole.Window(0, half)));
    }

    // Packing sorts sequences by length, each time anew; a state must stay with its own.
    [Theory]
    [MemberData(nameof(Models))]
    public void Evaluate_WindowsOfDifferentLengths_EqualsStreams(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = RandomModel(facts);
        using TestedTrainer<double> trainer = model.CreateTrainer(Still);
        StreamState<double>[] states = [.. Enumerable.Range(0, facts.Batch).Select(_ => model.CreateState())];
        for (int window = 0; window < 3; window++)
        {
            Sample<double> sample = Sample<double>.Draw(facts, BatchKind.Ragged, seed: 47 + window);
            if (window == 2)
            {
                trainer.ResetState(1);
                states[1].Reset();
            }

            double[] outputs = new double[sample.OutputRows * facts.OutputSize];
            for (int sequence = 0; sequence < sample.Batch; sequence++)
            {
                for (int step = 0; step < sample.LengthOf(sequence); step++)
                {
                    int row = (step * sample.Batch) + sequence;
                    model.Step(sample, step, sequence, states[sequence])
                        .CopyTo(outputs.AsSpan(row * facts.OutputSize, facts.OutputSize));
                }
            }

            Assert.Equal(LiteralModel.Loss(facts, sample, outputs), trainer.Evaluate(sample), Tolerances.OutputDouble);
        }
    }

    // Given states win over carried ones, for this batch; the next goes on from its end.
    [Theory]
    [MemberData(nameof(Models))]
    public void GivenStates_WhereStatesAreCarried_WinForTheirBatch(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = RandomModel(facts);
        using TestedTrainer<double> carrying = model.CreateTrainer(Still);
        using TestedTrainer<double> fresh = model.CreateTrainer(new TrainingOptions());
        Sample<double> sample = Sample<double>.Draw(facts, BatchKind.Ragged, seed: 43);
        Sample<double> next = Sample<double>.Draw(facts, BatchKind.Ragged, seed: 47);
        RecurrentStates<double> states = StateDraw.Draw(model, sample.Batch, seed: 59);
        carrying.Evaluate(next);
        Assert.Equal(fresh.ComputeGradients(sample, states, null), carrying.ComputeGradients(sample, states, null));
        double expected = fresh.Evaluate(sample, states, null);
        Assert.Equal(expected, carrying.Evaluate(sample, states, states));
        Assert.Equal(fresh.Evaluate(next, states, null), carrying.Evaluate(next));
        if (!facts.HasDropout)
        {
            states = StateDraw.Draw(model, sample.Batch, seed: 59);
            Assert.Equal(expected, carrying.Step(sample, states, states));
            Assert.Equal(fresh.Evaluate(next, states, null), carrying.Step(next));
        }
    }

    // A sequence that the batch leaves out keeps what it has.
    [Theory]
    [MemberData(nameof(Models))]
    public void CarriedState_SmallerBatchBetween_StaysWithTheOthers(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = RandomModel(facts);
        using TestedTrainer<double> trainer = model.CreateTrainer(Still);
        using TestedTrainer<double> fresh = model.CreateTrainer(new TrainingOptions());
        Sample<double> whole = Sample<double>.Draw(facts, BatchKind.Ragged, seed: 43);
        Sample<double> single = Sample<double>.Draw(facts, BatchKind.Single, seed: 47);
        RecurrentStates<double> states = model.CreateStates(whole.Batch);
        RecurrentStates<double> first = model.CreateStates(1);
        trainer.Evaluate(whole);
        fresh.Evaluate(whole, null, states);
        using StreamState<double> stream = model.CreateState();
        states.CopyTo(stream, sequence: 0);
        first.CopyFrom(stream);
        Assert.Equal(fresh.Evaluate(single, first, first), trainer.Evaluate(single));
        first.CopyTo(stream);
        states.CopyFrom(stream, sequence: 0);
        Assert.Equal(fresh.Evaluate(whole, states, null), trainer.Evaluate(whole));
    }

    [Theory]
    [InlineData("PeepholeBothWays")]
    [InlineData("DenseOnly")]
    public void CreateTrainer_CarryStateWithoutAState_IsRefused(string name)
    {
        TestedModel<double> model = TestedModel<double>.Create(ModelCatalog.Find(name));
        ArgumentException exception = Assert.Throws<ArgumentException>("options", () => model.CreateTrainer(Still));
        Assert.Contains("CarryState", exception.Message, StringComparison.Ordinal);
    }

    private static TestedModel<double> RandomModel(ModelFacts facts)
    {
        TestedModel<double> model = TestedModel<double>.Create(facts);
        model.Randomize(seed: 53);
        return model;
    }
}
