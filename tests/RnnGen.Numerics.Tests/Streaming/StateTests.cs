using System.Reflection;
using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Streaming;

public sealed class StateTests
{
    private const int Streams = 16;
    private const int Threads = 4;

    public static TheoryData<string> Bidirectional => ModelCatalog.Names(facts => !facts.Streams);

    [Fact]
    public void Reset_AfterSomeSteps_StartsAgain()
    {
        var model = new Characters(seed: 1);
        using Characters.State state = model.CreateState();
        float[] first = model.Step(5, state).ToArray();
        float[] second = model.Step(5, state).ToArray();
        Assert.NotEqual(first, second);
        state.Reset();
        Assert.Equal(first, model.Step(5, state).ToArray());
    }

    [Fact]
    public void CopyTo_OtherState_BothGoOnAlike()
    {
        var model = new Characters(seed: 1);
        using Characters.State state = model.CreateState();
        using Characters.State copy = model.CreateState();
        model.Step(5, state);
        state.CopyTo(copy);
        float[] expected = model.Step(7, state).ToArray();
        Assert.Equal(expected, model.Step(7, copy).ToArray());

        // Stepping one leaves the other alone.
        state.CopyTo(copy);
        model.Step(9, state);
        float[] alone = model.Step(3, copy).ToArray();
        model.Step(9, state);
        Assert.NotEqual(alone, model.Step(3, state).ToArray());
    }

    [Fact]
    public void CopyTo_StateOfAnotherModelClass_IsRefused()
    {
        using EchoGru.State state = new EchoGru().CreateState();
        using EchoLstm.State other = new EchoLstm().CreateState();
        var exception = Assert.Throws<ArgumentException>("other", () => state.CopyTo(other));
        Assert.Contains(typeof(EchoGru.State).FullName!, exception.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(EchoLstm.State).FullName!, exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("other", () => state.CopyTo(null!));
    }

    [Fact]
    public void CopyTo_StateOnAnotherTarget_NamesBoth()
    {
        using EchoGru.State state = new EchoGru(target: SimdTarget.Vector128).CreateState();
        using EchoGru.State other = new EchoGru(target: SimdTarget.Scalar).CreateState();
        var exception = Assert.Throws<ArgumentException>("other", () => state.CopyTo(other));
        Assert.Contains("runs on Scalar", exception.Message, StringComparison.Ordinal);
        Assert.Contains("on Vector128", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CopyTo_StateOfAnotherInstance_GoesOnAlike()
    {
        var model = new EchoGru(seed: 1);
        var again = new EchoGru(seed: 1);
        using EchoGru.State state = model.CreateState();
        using EchoGru.State other = again.CreateState();
        model.Step([0.5f], state);
        state.CopyTo(other);
        Assert.Equal(model.Step([0.25f], state), again.Step([0.25f], other));
    }

    [Fact]
    public void Step_AfterWeightsChanged_UsesTheNewOnes()
    {
        var model = new EchoGru(seed: 1);
        using EchoGru.State state = model.CreateState();
        model.Step([0.5f], state);
        model.SetTensor("dense.weight", new float[18]);
        model.SetTensor("dense.bias", [0.25f]);
        Assert.Equal(0.25f, model.Step([0.5f], state)[0]);
    }

    [Fact]
    public void Step_ManyStatesFromSeveralThreads_EqualsOneThread()
    {
        var expected = new float[Streams][];
        var single = new Characters(seed: 3);
        for (int stream = 0; stream < Streams; stream++)
        {
            expected[stream] = Talk(single, stream);
        }

        // A model of its own: its first step, too, is made by several threads at once.
        var shared = new Characters(seed: 3);
        float[][] actual = OnThreads(stream => Talk(shared, stream));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Forward_FromSeveralThreads_EqualsOneThread()
    {
        ModelFacts facts = ModelCatalog.Find(nameof(Tagger));
        TestedModel<float> model = TestedModel<float>.Create(facts, seed: 3);
        Sample<float>[] samples =
            [.. Enumerable.Range(0, Streams).Select(seed => Sample<float>.Draw(facts, BatchKind.Ragged, seed))];
        float[][] expected = [.. samples.Select(model.Forward)];
        Assert.Equal(expected, OnThreads(stream => model.Forward(samples[stream])));
    }

    // Calling them does not compile; the message says why, and who finds a way round it gets an exception.
    [Theory]
    [MemberData(nameof(Bidirectional))]
    public void StepAndCreateState_BidirectionalModel_AreErrorsOfCompilation(string name)
    {
        ModelFacts facts = ModelCatalog.Find(name);
        Assert.True(facts.IsBidirectional);
        foreach (MethodInfo method in (MethodInfo[])[facts.CreateStateMethod, facts.StepMethod])
        {
            ObsoleteAttribute obsolete = method.GetCustomAttribute<ObsoleteAttribute>()!;
            Assert.True(obsolete.IsError);
            Assert.Contains(name, obsolete.Message, StringComparison.Ordinal);
            Assert.Contains("Forward", obsolete.Message, StringComparison.Ordinal);
        }

        NotSupportedException exception = Assert.Throws<NotSupportedException>(() => facts.IsDouble
            ? TestedModel<double>.Create(facts).CreateState() as IDisposable
            : TestedModel<float>.Create(facts).CreateState());
        Assert.Contains("bidirectional", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Talk(Characters model, int stream)
    {
        using Characters.State state = model.CreateState();
        var random = new Random(stream);
        float[] sums = new float[Characters.OutputSize];
        for (int step = 0; step < 200; step++)
        {
            ReadOnlySpan<float> outputs = model.Step(random.Next(Characters.Vocabulary), state);
            for (int i = 0; i < outputs.Length; i++)
            {
                sums[i] += outputs[i];
            }
        }

        return sums;
    }

    private static float[][] OnThreads(Func<int, float[]> run)
    {
        var results = new float[Streams][];
        using var start = new Barrier(Threads);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(first => new Thread(() =>
        {
            start.SignalAndWait();
            for (int stream = first; stream < Streams; stream += Threads)
            {
                results[stream] = run(stream);
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return results;
    }
}
