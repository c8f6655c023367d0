using System.Numerics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.Streaming;

public sealed class StreamingTests
{
    public static TheoryData<string, SimdTarget> Models => ModelCatalog.OnEveryTarget(facts => facts.Streams);

    public static TheoryData<string> Streaming => ModelCatalog.Names(facts => facts.Streams);

    // Pooled models, too: a stream's last row, mean or maximum is that of the steps so far.
    [Theory]
    [MemberData(nameof(Models))]
    public void Step_EverySequence_EqualsForward(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            Compare<double>(facts, target, Tolerances.DoubleUlp);
        }
        else
        {
            Compare<float>(facts, target, Tolerances.SingleUlp);
        }
    }

    // Every sum of a step is cut by a rule of sizes alone, whatever the width of a vector.
    [Theory]
    [MemberData(nameof(Streaming))]
    public void Step_EveryTarget_GivesTheSameBits(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            CompareTargets<double>(facts);
        }
        else
        {
            CompareTargets<float>(facts);
        }
    }

    private static void CompareTargets<T>(ModelFacts facts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Sample<T> sample = Sample<T>.Draw(facts, BatchKind.Full, seed: 43);
        T[] expected = Run(SimdTarget.Scalar);
        foreach (SimdTarget target in ModelCatalog.Targets.Where(_ => Fma.IsSupported || AdvSimd.IsSupported))
        {
            Assert.Equal(expected, Run(target));
        }

        T[] Run(SimdTarget target)
        {
            TestedModel<T> model = TestedModel<T>.Create(facts, target);
            model.Randomize(seed: 19);
            using StreamState<T> state = model.CreateState();
            return [.. Enumerable.Range(0, sample.LengthOf(0)).SelectMany(
                step => model.Step(sample, step, 0, state).ToArray())];
        }
    }

    private static void Compare<T>(ModelFacts facts, SimdTarget target, double ulp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = TestedModel<T>.Create(facts, target);
        model.Randomize(seed: 19);
        Sample<T> sample = Sample<T>.Draw(facts, BatchKind.Ragged, seed: 41);

        double tolerance = Tolerances.StepUlps * ulp;
        using StreamState<T> state = model.CreateState();
        for (int sequence = 0; sequence < sample.Batch; sequence++)
        {
            state.Reset();
            for (int step = 0; step < sample.LengthOf(sequence); step++)
            {
                T[] outputs = model.Step(sample, step, sequence, state).ToArray();
                T[] expected = Expected(model, sample, step, sequence);
                Assert.Equal(expected.Length, outputs.Length);
                double worst = Difference.Largest<T>(expected, outputs);
                Assert.True(worst <= tolerance, $"Step {step} of sequence {sequence} is {worst:e1} away.");
            }
        }
    }

    // The outputs after a step, by a forward pass over the steps up to it: what comes later must have no influence.
    private static T[] Expected<T>(TestedModel<T> model, Sample<T> sample, int step, int sequence)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelFacts facts = model.Facts;
        int[] lengths = [.. Enumerable.Range(0, sample.Batch).Select(i => Math.Min(sample.LengthOf(i), step + 1))];
        object inputs = facts.Vocabulary > 0 ? sample.Inputs<int>() : sample.Inputs<T>();
        var soFar = new Sample<T>(facts, sample.Steps, sample.Batch, lengths, inputs, Array.Empty<T>());
        T[] outputs = model.Forward(soFar);
        int row = facts.OutputPerSequence ? sequence : (step * sample.Batch) + sequence;
        return outputs[(row * facts.OutputSize)..((row + 1) * facts.OutputSize)];
    }
}
