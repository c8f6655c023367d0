using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>A forward pass that is given its feeds one by one, as generated code does it.</summary>
public sealed class ForwardCallTests
{
    private const int Steps = 6;
    private const int Batch = 4;
    private const int Room = Steps * Batch * LeakyLinear.Outputs;

    private static readonly (float[] Inputs, float[] Targets) Series = LeakySeries.Draw(Steps * Batch, seed: 5);

    [Fact]
    public void Run_WithEveryInput_GivesWhatForwardGives()
    {
        var model = new LeakyModel();
        float[] expected = new float[Room];
        model.Runtime.Forward(Series.Inputs, Batch, expected);

        using ForwardCall<float> call = model.Runtime.Begin();
        Assert.Equal(expected, Outputs(call, Series.Inputs));
    }

    [Fact]
    public void Write_Target_IsRefusedAndTheCallGoesOn()
    {
        var model = new LeakyModel();
        using ForwardCall<float> call = model.Runtime.Begin();
        call.Arrange(0, Series.Inputs.Length, Batch, "inputs");
        call.Write<float>(0, Series.Inputs, "inputs");
        AssertRefuses<ArgumentException>(
            "The feed 1, 'targets', is what a loss compares outputs with; here it must be an input.", call,
            call => call.Write<float>(1, Series.Targets, "targets"));

        call.Run();
        float[] outputs = new float[Room];
        call.Read(0, outputs);
        Assert.Contains(outputs, output => output != 0);
    }

    [Fact]
    public void Arrange_ByATarget_IsRefused()
    {
        using ForwardCall<float> call = new LeakyModel().Runtime.Begin();
        AssertRefuses<ArgumentException>(
            "The feed 1, 'targets'", call, call => call.Arrange(1, Series.Targets.Length, Batch, "targets"));
        AssertRefuses<ArgumentException>(
            "The feed 1, 'targets'", call, call => call.Arrange(1, Series.Targets.Length, [6, 6, 6, 6], "targets"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void Feed_OutsideItsRange_IsRefused(int feed)
    {
        string reason = $"The feed is {feed}; it must be from 0 to 1.";
        using ForwardCall<float> call = new LeakyModel().Runtime.Begin();
        AssertRefuses<ArgumentOutOfRangeException>(reason, call, call => call.Arrange(feed, 12, 1, "inputs"));
        AssertRefuses<ArgumentOutOfRangeException>(reason, call, call => call.Arrange(feed, 12, [4], "inputs"));
        call.Arrange(0, Series.Inputs.Length, Batch, "inputs");
        AssertRefuses<ArgumentOutOfRangeException>(
            reason, call, call => call.Write<float>(feed, Series.Inputs, "inputs"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Output_OutsideItsRange_IsRefused(int output)
    {
        string reason = $"The head is {output}; it must be from 0 to 0.";
        using ForwardCall<float> call = new LeakyModel().Runtime.Begin();
        Outputs(call, Series.Inputs);
        AssertRefuses<ArgumentOutOfRangeException>(reason, call, call => call.Expect(output, Room, "outputs"));
        AssertRefuses<ArgumentOutOfRangeException>(reason, call, call => call.Read(output, new float[Room]));
        Assert.Throws<ArgumentOutOfRangeException>("output", () => new PackedBatch<float>(
            ModelShapes.Of(Steps, Batch, outputs: 2, features: 3)).OutputRows(output));
    }

    [Fact]
    public void Write_BeforeArrange_IsRefusedWhateverAnEarlierCallHasArranged()
    {
        var model = new LeakyModel();
        using (ForwardCall<float> earlier = model.Runtime.Begin())
        {
            Outputs(earlier, Series.Inputs);
        }

        using ForwardCall<float> call = model.Runtime.Begin();
        const string Reason = "There are no sequences along 'time' yet";
        AssertRefuses<InvalidOperationException>(
            Reason, call, call => call.Write<float>(0, Series.Inputs, "inputs"));
        AssertRefuses<InvalidOperationException>(Reason, call, call => call.Write<float>(0, [], "inputs"));
        AssertRefuses<InvalidOperationException>(Reason, call, call => call.Expect(0, Room, "outputs"));
    }

    [Fact]
    public void Run_AfterArrangingAnew_WantsTheInputsAnew()
    {
        using ForwardCall<float> call = new LeakyModel().Runtime.Begin();
        Outputs(call, Series.Inputs);
        call.Arrange(0, LeakyLinear.Inputs, 1, "inputs");
        AssertRefuses<InvalidOperationException>(
            "There is no batch to run: 'inputs' was refused, or not given.", call, call => call.Run());
    }

    [Fact]
    public void Dispose_OfCopiesAndTwice_GivesTheWorkspaceBackOnce()
    {
        var model = new LeakyModel();
        ForwardCall<float> ended = model.Runtime.Begin();
        ForwardCall<float> copy = ended;
        ended.Dispose();
        ended.Dispose();
        copy.Dispose();

        // Two calls at the same time: each has memory of its own.
        using ForwardCall<float> first = model.Runtime.Begin();
        float[] expected = Outputs(first, Series.Inputs);
        using ForwardCall<float> second = model.Runtime.Begin();
        Outputs(second, new float[Series.Inputs.Length]);
        copy.Dispose();
        using ForwardCall<float> third = model.Runtime.Begin();
        Outputs(third, new float[Series.Inputs.Length]);
        float[] outputs = new float[Room];
        first.Read(0, outputs);
        Assert.Equal(expected, outputs);
    }

    [Fact]
    public void AnyUse_AfterDispose_IsRefused()
    {
        var model = new LeakyModel();
        ForwardCall<float> call = model.Runtime.Begin();
        ForwardCall<float> copy = call;
        Outputs(call, Series.Inputs);
        call.Dispose();
        AssertAllRefuse<ObjectDisposedException>("Cannot access a disposed object.", copy);

        // Not even while the next one has the same memory.
        using ForwardCall<float> next = model.Runtime.Begin();
        AssertAllRefuse<ObjectDisposedException>("Cannot access a disposed object.", copy);
    }

    [Fact]
    public void AnyUse_OfADefaultCall_IsRefused()
    {
        default(ForwardCall<float>).Dispose();
        AssertAllRefuse<InvalidOperationException>("This is no call yet", default);
    }

    [Fact]
    public void Calls_OneAfterTheOther_AllocateNothing()
    {
        var model = new LeakyModel();
        float[] outputs = new float[Room];
        void Call()
        {
            using ForwardCall<float> call = model.Runtime.Begin();
            call.Arrange(0, Series.Inputs.Length, Batch, "inputs");
            call.Write<float>(0, Series.Inputs, "inputs");
            call.Run();
            call.Read(0, outputs);
        }

        Call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Call();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertAllRefuse<TException>(string reason, in ForwardCall<float> call)
        where TException : Exception
    {
        AssertRefuses<TException>(reason, call, call => call.Arrange(0, 12, 1, "inputs"));
        AssertRefuses<TException>(reason, call, call => call.Arrange(0, 12, [4], "inputs"));
        AssertRefuses<TException>(reason, call, call => call.Write<float>(0, Series.Inputs, "inputs"));
        AssertRefuses<TException>(reason, call, call => call.Expect(0, Room, "outputs"));
        AssertRefuses<TException>(reason, call, call => call.Run());
        AssertRefuses<TException>(reason, call, call => call.Read(0, new float[Room]));
    }

    private static float[] Outputs(in ForwardCall<float> call, float[] inputs)
    {
        float[] outputs = new float[Room];
        call.Arrange(0, inputs.Length, Batch, "inputs");
        call.Expect(0, outputs.Length, "outputs");
        call.Write<float>(0, inputs, "inputs");
        call.Run();
        call.Read(0, outputs);
        return outputs;
    }

    // A call cannot be captured, so it is handed on.
    private static void AssertRefuses<TException>(
        string reason, in ForwardCall<float> call, Action<ForwardCall<float>> action)
        where TException : Exception
    {
        try
        {
            action(call);
        }
        catch (Exception exception)
        {
            Assert.IsType<TException>(exception);
            Assert.StartsWith(reason, exception.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Fail($"Nothing was thrown, and it should have been: {reason}");
    }
}
