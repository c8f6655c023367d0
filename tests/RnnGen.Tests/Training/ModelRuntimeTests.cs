using System.Runtime.InteropServices;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

public class ModelRuntimeTests
{
    private const int Outputs = LeakyLinear.Outputs;
    private const int Inputs = LeakyLinear.Inputs;

    [Fact]
    public void Forward_AnyLengths_IsAsSteppingEachSequence()
    {
        var model = new LeakyModel();
        int[] lengths = [2, 5, 1, 5];
        float[] inputs = Numbers(5 * 4 * Inputs);
        float[] outputs = new float[5 * 4 * Outputs];
        model.Runtime.Forward(inputs, lengths, outputs);
        for (int i = 0; i < 4; i++)
        {
            using LeakyModel.State state = model.CreateState();
            for (int step = 0; step < 5; step++)
            {
                ReadOnlySpan<float> found = outputs.AsSpan((step * 4 + i) * Outputs, Outputs);
                ReadOnlySpan<float> features = inputs.AsSpan((step * 4 + i) * Inputs, Inputs);
                Assert.Equal(step < lengths[i] ? model.Runtime.Step(features, state) : new float[Outputs], found);
            }
        }
    }

    [Fact]
    public async Task Forward_ManyThreadsAtOnce_GiveTheSame()
    {
        var model = new LeakyModel();
        float[] inputs = Numbers(6 * 4 * Inputs);
        float[] expected = new float[6 * 4 * Outputs];
        model.Runtime.Forward(inputs, 4, expected);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            float[] outputs = new float[expected.Length];
            for (int i = 0; i < 200; i++)
            {
                model.Runtime.Forward(inputs, 4, outputs);
                Assert.Equal(expected, outputs);
            }
        })));
    }

    [Fact]
    public void Forward_OutputsOfWrongLength_AreLeftAlone()
    {
        var model = new LeakyModel();
        float[] outputs = [.. Enumerable.Repeat(3f, 7)];
        var exception = Assert.Throws<ArgumentException>(
            () => model.Runtime.Forward(Numbers(4 * Inputs), 4, outputs));
        Assert.Equal("outputs", exception.ParamName);
        Assert.All(outputs, value => Assert.Equal(3f, value));
        Assert.Throws<ArgumentException>(() => model.Runtime.Forward(new int[4], 4, new float[8]));
    }

    [Fact]
    public void Forward_OneOutputPerSequence_IsInTheOriginalOrder()
    {
        var model = new ModelRuntime<double>(new TokenBag());
        double[] table = [.. Enumerable.Range(0, TokenBag.Vocabulary * TokenBag.Classes).Select(i => (double)i)];
        model.Parameters.Set("table.weight", table);
        double[] outputs = new double[3 * TokenBag.Classes];
        model.Forward([1, 2, 3, 6, 5, 99], [1, 2, 1], outputs);
        for (int c = 0; c < TokenBag.Classes; c++)
        {
            Assert.Equal(table[1 * 4 + c], outputs[c]);
            Assert.Equal(table[2 * 4 + c] + table[5 * 4 + c], outputs[4 + c]);
            Assert.Equal(table[3 * 4 + c], outputs[8 + c]);
        }
    }

    [Fact]
    public void Step_WeightsChanged_ArePackedAgainOnce()
    {
        var model = new LeakyModel();
        using LeakyModel.State state = model.CreateState();
        float[] features = [1, 0, 0];
        model.Runtime.Step(features, state);
        model.Runtime.Step(features, state);
        Assert.Equal(1, model.Kernels.PreparedSteps);
        model.Runtime.Parameters.Set("linear.weight", [5, 0, 0, 7, 0, 0]);
        state.Reset();
        Assert.Equal([5f, 7f], model.Runtime.Step(features, state));
        Assert.Equal(2, model.Kernels.PreparedSteps);
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        trainer.Step(Numbers(4 * Inputs), Numbers(4 * Outputs), sequences: 4);
        model.Runtime.Step(features, state);
        Assert.Equal(3, model.Kernels.PreparedSteps);
    }

    [Fact]
    public void Step_BadArguments_AreNamed()
    {
        var model = new LeakyModel();
        LeakyModel.State state = model.CreateState();
        using LeakyModel.State foreign = new LeakyModel().CreateState();
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => model.Runtime.Step([1, 2], state)).ParamName);
        Assert.Equal("state", Assert.Throws<ArgumentException>(() => model.Runtime.Step([1, 2, 3], foreign)).ParamName);
        Assert.Equal(
            "state", Assert.Throws<ArgumentNullException>(() => model.Runtime.Step([1, 2, 3], null!)).ParamName);
        Assert.Equal("token", Assert.Throws<ArgumentException>(() => model.Runtime.Step(0, state)).ParamName);
        state.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Runtime.Step([1, 2, 3], state));
        Assert.Throws<ObjectDisposedException>(state.Reset);
        state.Dispose();
    }

    [Fact]
    public void CreateState_ModelThatDoesNotStream_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => new TokenState(new ModelRuntime<double>(new TokenBag())));

    [Fact]
    public void CopyTo_OtherState_GoesOnFromTheSamePlace()
    {
        var model = new LeakyModel();
        using LeakyModel.State first = model.CreateState();
        using LeakyModel.State second = model.CreateState();
        model.Runtime.Step([1, 2, 3], first);
        first.CopyTo(second);
        float[] expected = model.Runtime.Step([4, 5, 6], first).ToArray();
        Assert.Equal(expected, model.Runtime.Step([4, 5, 6], second));
        first.Reset();
        using LeakyModel.State fresh = model.CreateState();
        Assert.Equal(model.Runtime.Step([4, 5, 6], first), model.Runtime.Step([4, 5, 6], fresh));
    }

    [Fact]
    public void StepAndForward_Steadily_AllocateNothing()
    {
        var model = new LeakyModel();
        using LeakyModel.State state = model.CreateState();
        float[] inputs = Numbers(6 * 4 * Inputs);
        float[] outputs = new float[6 * 4 * Outputs];
        int[] lengths = [3, 6, 2, 6];
        long allocated = -1;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                model.Runtime.Step(inputs.AsSpan(0, Inputs), state);
                ReadOnlySpan<float> fed = model.Runtime.Step(inputs.AsSpan(0, Inputs), state);
                model.Runtime.Step(MemoryMarshal.CreateReadOnlySpan(in fed[0], Inputs), state);
                model.Runtime.Forward(inputs, lengths, outputs);
                model.Runtime.Forward(inputs, 4, outputs);
                model.Runtime.Forward(inputs.AsSpan(0, 6 * Inputs), outputs.AsSpan(0, 6 * Outputs));
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Step_OutputsOfADroppedState_StayReadable()
    {
        var model = new LeakyModel();
        ReadOnlySpan<float> outputs = model.Runtime.Step([1, 2, 3], model.CreateState());
        float[] before = outputs.ToArray();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            _ = new float[100_000];
        }

        Assert.Equal(before, outputs);
    }

    // These kernels write their first output before they read the first feature a second time.
    [Fact]
    public void Step_OutputsAsFeatures_EqualsACopyOfThem()
    {
        var model = new LeakyModel();
        using LeakyModel.State state = model.CreateState();
        using LeakyModel.State twin = model.CreateState();
        ReadOnlySpan<float> outputs = model.Runtime.Step([1, 2, 3], state);
        model.Runtime.Step([1, 2, 3], twin);
        for (int step = 0; step < 4; step++)
        {
            // The outputs and what lies behind them in the state.
            ReadOnlySpan<float> features = MemoryMarshal.CreateReadOnlySpan(in outputs[0], Inputs);
            float[] expected = model.Runtime.Step(features.ToArray(), twin).ToArray();
            outputs = model.Runtime.Step(features, state);
            Assert.Equal(expected, outputs);
        }
    }

    [Fact]
    public void Forward_IntoOutputsOfAStep_WritesTheSame()
    {
        var model = new LeakyModel();
        using LeakyModel.State state = model.CreateState();
        ReadOnlySpan<float> stepped = model.Runtime.Step([1, 2, 3], state);
        float[] features = MemoryMarshal.CreateReadOnlySpan(in stepped[0], Inputs).ToArray();
        float[] expected = new float[Outputs];
        model.Runtime.Forward(features, expected);
        Span<float> outputs = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(stepped), Outputs);
        model.Runtime.Forward(MemoryMarshal.CreateReadOnlySpan(in stepped[0], Inputs), outputs);
        Assert.Equal(expected, outputs);
    }

    private static float[] Numbers(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private sealed class TokenState(ModelRuntime<double> model) : StreamState<double>(model);
}
