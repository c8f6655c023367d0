using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Training;

namespace RnnGen.Numerics.Tests.Streaming;

/// <summary>Inputs, outputs and states that share memory give what they give apart.</summary>
public sealed class OverlapTests
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    public static TheoryData<string, SimdTarget> Streams =>
        ModelCatalog.OnEveryTarget(ModelCatalog.Declared.Where(facts => facts.Streams && facts.Vocabulary == 0));

    public static TheoryData<string> Models => [.. ModelCatalog.Declared.Select(facts => facts.Name)];

    // As streams are for: the outputs, or as many of them as the model takes, are the next features.
    [Theory]
    [MemberData(nameof(Streams))]
    public void Step_OutputsFedBack_EqualsStepsFromACopy(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.OutputSize < facts.InputSize)
        {
            return;
        }

        if (facts.IsDouble)
        {
            FeedBack<double>(facts, target);
        }
        else
        {
            FeedBack<float>(facts, target);
        }
    }

    // Wherever in the state the features lie, partly outside included: not only where outputs are.
    [Theory]
    [MemberData(nameof(Streams))]
    public void Step_FeaturesAnywhereInTheState_EqualsAStepFromACopy(string name, SimdTarget target)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            StepFromWithin<double>(facts, target);
        }
        else
        {
            StepFromWithin<float>(facts, target);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Forward_OutputsOverInputsAndLengths_EqualsForwardApart(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        if (facts.IsDouble)
        {
            ForwardInPlace<double>(facts);
        }
        else
        {
            ForwardInPlace<float>(facts);
        }
    }

    private static void FeedBack<T>(ModelFacts facts, SimdTarget target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = Create<T>(facts, target);
        int width = facts.InputSize;
        for (int place = 0; place <= facts.OutputSize - width; place++)
        {
            using StreamState<T> state = model.CreateState();
            using StreamState<T> other = model.CreateState();
            using StreamState<T> twin = model.CreateState();
            T[] features = Features<T>(width);
            ReadOnlySpan<T> outputs = model.Step(features, state);
            ReadOnlySpan<T> crossed = model.Step(features, other);
            T[] expected = model.Step(features, twin).ToArray();
            for (int step = 0; step < 6; step++)
            {
                outputs = model.Step(outputs.Slice(place, width), state);
                expected = model.Step(expected.AsSpan(place, width), twin).ToArray();
                Assert.Equal(expected, outputs);
            }

            // From another stream's outputs, and back.
            crossed = model.Step(outputs.Slice(place, width), other);
            Assert.Equal(model.Step(crossed.Slice(place, width), twin), model.Step(crossed.Slice(place, width), state));
        }
    }

    private static void StepFromWithin<T>(ModelFacts facts, SimdTarget target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = Create<T>(facts, target);
        using StreamState<T> start = model.CreateState();
        using StreamState<T> state = model.CreateState();
        using StreamState<T> twin = model.CreateState();
        model.Step(Features<T>(facts.InputSize), start);
        T[] memory = MemoryOf(state);
        int last = memory.Length - facts.InputSize;
        for (int place = 0; place <= last; place += Math.Max(1, last / 150))
        {
            start.CopyTo(state);
            start.CopyTo(twin);
            T[] features = memory.AsSpan(place, facts.InputSize).ToArray();
            T[] expected = model.Step(features, twin).ToArray();
            T[] actual = model.Step(memory.AsSpan(place, facts.InputSize), state).ToArray();
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"Features {place} numbers behind the state's start.");
            Assert.Equal(model.Step(features, twin), model.Step(features, state));
        }
    }

    private static void ForwardInPlace<T>(ModelFacts facts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = Create<T>(facts, SimdTargets.Best);
        Sample<T> sample = Sample<T>.Draw(facts, BatchKind.Ragged, seed: 11);
        T[] expected = model.Forward(sample);
        byte[] inputs = facts.Vocabulary > 0
            ? MemoryMarshal.AsBytes(sample.Inputs<int>().AsSpan()).ToArray()
            : MemoryMarshal.AsBytes(sample.Inputs<T>().AsSpan()).ToArray();
        byte[] lengths = MemoryMarshal.AsBytes(sample.Lengths.AsSpan()).ToArray();
        int outputBytes = MemoryMarshal.AsBytes(expected.AsSpan()).Length;
        int unit = outputBytes / expected.Length;
        int[] places = [0, unit, inputs.Length / unit / 2 * unit, inputs.Length / unit * unit];
        foreach (int place in places)
        {
            byte[] memory = new byte[inputs.Length + lengths.Length + outputBytes];
            inputs.CopyTo(memory, 0);
            lengths.CopyTo(memory, inputs.Length);
            Span<T> outputs = MemoryMarshal.Cast<byte, T>(memory.AsSpan(place, outputBytes));
            ReadOnlySpan<int> given = MemoryMarshal.Cast<byte, int>(memory.AsSpan(inputs.Length, lengths.Length));
            model.Forward(memory.AsSpan(0, inputs.Length), given, outputs);
            Assert.Equal(expected, outputs);
        }
    }

    private static TestedModel<T> Create<T>(ModelFacts facts, SimdTarget target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TestedModel<T> model = TestedModel<T>.Create(facts, target);
        model.Randomize(seed: 29);
        return model;
    }

    private static T[] Features<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))];
    }

    // The whole array of a state, which reaches beyond its numbers on both sides.
    private static T[] MemoryOf<T>(StreamState<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        object arena = typeof(StreamState<T>).GetProperty("Arena", Hidden)!.GetValue(state)!;
        return (T[])typeof(Arena<T>).GetField("_array", Hidden)!.GetValue(arena)!;
    }
}
