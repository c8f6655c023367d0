using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>A call of a trainer that is given its feeds one by one, as generated code does it.</summary>
public sealed class TrainerCallTests
{
    private const int Steps = 6;
    private const int Batch = 4;

    private static readonly (float[] Inputs, float[] Targets) Series = LeakySeries.Draw(Steps * Batch, seed: 5);

    [Fact]
    public void Step_WithEveryFeed_IsThatOfATrainerOfPairs()
    {
        using LeakyModel.Trainer trainer = new LeakyModel().CreateTrainer();
        using Trainer feeds = new();
        using TrainerCall<float> call = feeds.Call();
        Fill(call);

        Assert.Equal(trainer.Step(Series.Inputs, Series.Targets, Batch), call.Step());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Feed_OutsideItsRange_IsRefused(int feed)
    {
        using Trainer trainer = new();
        using TrainerCall<float> call = trainer.Call();
        string reason = $"The feed is {feed}; it must be from 0 to 1.";
        AssertRefuses<ArgumentOutOfRangeException>(reason, call, call => call.Arrange(feed, 12, 1, "inputs"));
        AssertRefuses<ArgumentOutOfRangeException>(reason, call, call => call.Arrange(feed, 12, [4], "inputs"));
        call.Arrange(0, Series.Inputs.Length, Batch, "inputs");
        AssertRefuses<ArgumentOutOfRangeException>(
            reason, call, call => call.Write<float>(feed, Series.Inputs, "inputs"));
    }

    [Fact]
    public void Write_BeforeArrange_IsRefusedWhateverAnEarlierCallHasArranged()
    {
        using Trainer trainer = new();
        using (TrainerCall<float> earlier = trainer.Call())
        {
            Fill(earlier);
            earlier.Step();
        }

        using TrainerCall<float> call = trainer.Call();
        AssertRefuses<InvalidOperationException>(
            "There are no sequences along 'time' yet", call,
            call => call.Write<float>(0, Series.Inputs, "inputs"));
    }

    [Fact]
    public void AnyPass_WithoutTargets_IsRefusedAndChangesNothing()
    {
        var model = new LeakyModel();
        float[] weights = model.Weights();
        using Trainer trainer = new(model);
        using (TrainerCall<float> sound = trainer.Call())
        {
            Fill(sound);
            sound.Evaluate();
        }

        using TrainerCall<float> call = trainer.Call();
        call.Arrange(0, Series.Inputs.Length, Batch, "inputs");
        call.Write<float>(0, Series.Inputs, "inputs");
        const string Reason = "There are no targets: without them there is no loss.";
        AssertRefuses<InvalidOperationException>(Reason, call, call => call.Step());
        AssertRefuses<InvalidOperationException>(Reason, call, call => call.Evaluate());
        AssertRefuses<InvalidOperationException>(Reason, call, call => call.ComputeGradients());
        Assert.Equal(weights, model.Weights());
        Assert.Equal(0, trainer.Steps);
    }

    [Fact]
    public void Dispose_OfCopiesAndTwice_LeavesTheTrainerToTheNextCall()
    {
        using Trainer trainer = new();
        TrainerCall<float> ended = trainer.Call();
        TrainerCall<float> copy = ended;
        ended.Dispose();
        ended.Dispose();

        using TrainerCall<float> next = trainer.Call();
        ended.Dispose();
        copy.Dispose();
        Assert.StartsWith(
            "ResetState was called while Call is running",
            Assert.Throws<InvalidOperationException>(() => trainer.ResetState()).Message,
            StringComparison.Ordinal);
        next.Dispose();
        trainer.ResetState();
    }

    [Fact]
    public void AnyUse_AfterDispose_IsRefused()
    {
        using Trainer trainer = new();
        TrainerCall<float> call = trainer.Call();
        TrainerCall<float> copy = call;
        Fill(call);
        call.Dispose();
        AssertAllRefuse<ObjectDisposedException>("Cannot access a disposed object.", copy);

        // Not even while the next one has the trainer.
        using TrainerCall<float> next = trainer.Call();
        Fill(next);
        AssertAllRefuse<ObjectDisposedException>("Cannot access a disposed object.", copy);
    }

    [Fact]
    public void AnyUse_OfADefaultCall_IsRefused()
    {
        default(TrainerCall<float>).Dispose();
        AssertAllRefuse<InvalidOperationException>("This is no call yet", default);
    }

    private static void AssertAllRefuse<TException>(string reason, in TrainerCall<float> call)
        where TException : Exception
    {
        AssertRefuses<TException>(reason, call, call => call.Arrange(0, 12, 1, "inputs"));
        AssertRefuses<TException>(reason, call, call => call.Arrange(0, 12, [4], "inputs"));
        AssertRefuses<TException>(reason, call, call => call.Write<float>(0, Series.Inputs, "inputs"));
        AssertRefuses<TException>(reason, call, call => call.Step());
        AssertRefuses<TException>(reason, call, call => call.Evaluate());
        AssertRefuses<TException>(reason, call, call => call.ComputeGradients());
    }

    private static void Fill(in TrainerCall<float> call)
    {
        call.Arrange(0, Series.Inputs.Length, Batch, "inputs");
        call.Write<float>(0, Series.Inputs, "inputs");
        call.Write<float>(1, Series.Targets, "targets");
    }

    // A call cannot be captured, so it is handed on.
    private static void AssertRefuses<TException>(
        string reason, in TrainerCall<float> call, Action<TrainerCall<float>> action)
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

    /// <summary>What the generator would emit for several inputs or heads.</summary>
    private sealed class Trainer(LeakyModel model) : ModelTrainer<float>(model.Runtime, new TrainingOptions())
    {
        public Trainer()
            : this(new LeakyModel())
        {
        }

        public TrainerCall<float> Call() => Begin("Call");
    }
}
