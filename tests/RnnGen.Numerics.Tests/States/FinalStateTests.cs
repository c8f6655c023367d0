using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Numerics.Tests.Reference;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.States;

/// <summary>What sequences end in, and what goes on from there.</summary>
public sealed class FinalStateTests
{
    public static TheoryData<string, SimdTarget> Models =>
        ModelCatalog.OnEveryTarget(facts => facts.IsDouble && facts.IsRecurrent);

    public static TheoryData<string, SimdTarget> Streaming =>
        ModelCatalog.OnEveryTarget(facts => facts is { Streams: true, IsRecurrent: true });

    public static TheoryData<string, SimdTarget> Divisible => ModelCatalog.OnEveryTarget(facts =>
        facts is { Streams: true, IsRecurrent: true, OutputPerSequence: false, Steps: > 1 });

    [Theory]
    [MemberData(nameof(Models))]
    public void Forward_FromGivenStates_EndsInThoseOfTheEquations(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 5);
        foreach (BatchKind kind in Enum.GetValues<BatchKind>())
        {
            Sample<double> sample = Sample<double>.Draw(facts, kind, seed: 31);
            RecurrentStates<double> initial = StateDraw.Draw(model, sample.Batch, seed: 37);
            RecurrentStates<double> expected = model.CreateStates(sample.Batch);
            double[] expectedOutputs = new LiteralModel(model, initial, expected).Forward(sample);
            RecurrentStates<double> final = StateDraw.Draw(model, sample.Batch, seed: 43);
            double[] outputs = new double[expectedOutputs.Length];
            model.Forward(sample, outputs, initial, final);
            AssertClose(expectedOutputs, outputs);
            AssertClose(expected.Numbers(), final.Numbers());

            // The same object for both.
            model.Forward(sample, outputs, initial, initial);
            Assert.Equal(final.Numbers(), initial.Numbers());
        }
    }

    // The backward pass, too, leaves the states alone.
    [Theory]
    [MemberData(nameof(Models))]
    public void Trainer_EveryCall_EndsInThoseOfForward(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        TestedModel<double> model = TestedModel<double>.Create(facts, target);
        model.Randomize(seed: 5);
        var options = new TrainingOptions { Optimizer = new Sgd { LearningRate = 1e-3 } };
        using TestedTrainer<double> trainer = model.CreateTrainer(options);
        foreach (BatchKind kind in Enum.GetValues<BatchKind>())
        {
            Sample<double> sample = Sample<double>.Draw(facts, kind, seed: 31);
            RecurrentStates<double> initial = StateDraw.Draw(model, sample.Batch, seed: 37);
            RecurrentStates<double> expected = model.CreateStates(sample.Batch);
            model.Forward(sample, new double[sample.OutputRows * facts.OutputSize], initial, expected);
            RecurrentStates<double> final = model.CreateStates(sample.Batch);
            double loss = trainer.Evaluate(sample, initial, final);
            Assert.Equal(expected.Numbers(), final.Numbers());
            Assert.NotEqual(loss, trainer.Evaluate(sample));
            if (!facts.HasDropout)
            {
                final.Clear();
                Assert.Equal(loss, trainer.ComputeGradients(sample, initial, final));
                Assert.Equal(expected.Numbers(), final.Numbers());
                final.Clear();
                Assert.Equal(loss, trainer.Step(sample, initial, final));
                Assert.Equal(expected.Numbers(), final.Numbers());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Divisible))]
    public void Forward_InTwoHalves_EqualsTheWhole(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            CompareHalves<double>(facts, target);
        }
        else
        {
            CompareHalves<float>(facts, target);
        }
    }

    [Theory]
    [MemberData(nameof(Streaming))]
    public void Stream_FromGivenStates_EqualsForward(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            CompareStream<double>(facts, target, Tolerances.DoubleUlp);
        }
        else
        {
            CompareStream<float>(facts, target, Tolerances.SingleUlp);
        }
    }

    private static void CompareHalves<T>(ModelFacts facts, SimdTarget target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = TestedModel<T>.Create(facts, target);
        model.Randomize(seed: 5);
        int half = facts.Steps / 2;
        Sample<T> whole = Sample<T>.Draw(facts, BatchKind.Full, seed: 31).Window(0, 2 * half);
        var outputs = new T[whole.OutputRows * facts.OutputSize];
        RecurrentStates<T> expected = model.CreateStates(whole.Batch);
        model.Forward(whole, outputs, null, expected);
        RecurrentStates<T> states = model.CreateStates(whole.Batch);
        T[] Half(int first)
        {
            Sample<T> sample = whole.Window(first, half);
            var result = new T[sample.OutputRows * facts.OutputSize];
            model.Forward(sample, result, states, states);
            return result;
        }

        T[] halves = [.. Half(0), .. Half(half)];
        Assert.Equal(expected.Numbers(), states.Numbers());
        Assert.Equal(outputs, halves);
    }

    private static void CompareStream<T>(ModelFacts facts, SimdTarget target, double ulp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = TestedModel<T>.Create(facts, target);
        model.Randomize(seed: 5);
        Sample<T> sample = Sample<T>.Draw(facts, BatchKind.Ragged, seed: 31);
        RecurrentStates<T> initial = StateDraw.Draw(model, sample.Batch, seed: 37);
        RecurrentStates<T> expected = model.CreateStates(sample.Batch);
        var outputs = new T[sample.OutputRows * facts.OutputSize];
        model.Forward(sample, outputs, initial, expected);
        RecurrentStates<T> final = model.CreateStates(sample.Batch);
        using StreamState<T> stream = model.CreateState();
        for (int sequence = 0; sequence < sample.Batch; sequence++)
        {
            stream.Reset();
            initial.CopyTo(stream, sequence);
            T[] last = [];
            for (int step = 0; step < sample.LengthOf(sequence); step++)
            {
                last = model.Step(sample, step, sequence, stream).ToArray();
            }

            final.CopyFrom(stream, sequence);
            int row = facts.OutputPerSequence ? sequence : ((sample.LengthOf(sequence) - 1) * sample.Batch) + sequence;
            AssertWithin(outputs[(row * facts.OutputSize)..((row + 1) * facts.OutputSize)], last, ulp);
        }

        AssertWithin(expected.Numbers(), final.Numbers(), ulp);
        string name = final.Names[0];
        T[] taken = stream.Get(name);
        Assert.Equal(final.ShapeOf(name)[0] * final.ShapeOf(name)[2], taken.Length);
        stream.Reset();
        Assert.Equal(model.CreateStates(1).Get(name), stream.Get(name));
        Assert.Equal(
            !facts.Layers.OfType<RecurrentAttribute>().Any(layer => layer.LearnedState),
            Array.TrueForAll(model.CreateStates(1).Numbers(), T.IsZero));
        stream.Set(name, taken);
        Assert.Equal(taken, stream.Get(name));
    }

    private static void AssertWithin<T>(T[] expected, T[] actual, double ulp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double limit = Tolerances.StepUlps * ulp;
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double wanted = double.CreateTruncating(expected[i]);
            Assert.Equal(wanted, double.CreateTruncating(actual[i]), limit * Math.Max(1, Math.Abs(wanted)));
        }
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerances.OutputDouble);
        }
    }
}
