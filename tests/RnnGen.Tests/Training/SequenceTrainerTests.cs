using System.Runtime.InteropServices;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

public class SequenceTrainerTests
{
    private const int Outputs = LeakyLinear.Outputs;
    private const int Inputs = LeakyLinear.Inputs;
    private const int Steps = 6;
    private const int Batch = 4;

    [Fact]
    public void ComputeGradients_AnyLengths_AgreeWithFiniteDifferences()
    {
        var model = new LeakyModel(seed: 3);
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        float[] inputs = Numbers(Steps * Batch * Inputs, 1);
        float[] targets = Numbers(Steps * Batch * Outputs, 2);
        int[] lengths = [3, 6, 1, 4];
        float loss = trainer.ComputeGradients(inputs, targets, lengths);
        Assert.Equal(loss, trainer.Evaluate(inputs, targets, lengths));
        trainer.ComputeGradients(inputs, targets, lengths);
        Assert.Equal(trainer.Gradient("linear.bias_ih"), trainer.Gradient("linear.bias_hh"));
        foreach (string name in new[] { "linear.weight", "linear.bias_ih", "linear.decay" })
        {
            float[] gradient = trainer.Gradient(name);
            float[] values = model.Runtime.Parameters.Get(name);
            for (int i = 0; i < values.Length; i++)
            {
                float numeric = (Shifted(name, values, i, 1e-2f) - Shifted(name, values, i, -1e-2f)) / 2e-2f;
                Assert.Equal(numeric, gradient[i], 2e-3f);
            }
        }

        float Shifted(string name, float[] values, int i, float by)
        {
            float[] shifted = [.. values];
            shifted[i] += by;
            model.Runtime.Parameters.Set(name, shifted);
            float shiftedLoss = trainer.Evaluate(inputs, targets, lengths);
            model.Runtime.Parameters.Set(name, values);
            return shiftedLoss;
        }
    }

    [Fact]
    public void Step_OneOrMoreThreads_GivesTheSameBits()
    {
        float[][] weights =
        [
            .. new[] { 1, 2, 4 }.Select(threads =>
            {
                var model = new LeakyModel(seed: 3);
                using LeakyModel.Trainer trainer = model.CreateTrainer(
                    new TrainingOptions { Threads = threads, ClipNorm = 0.1,
                        Optimizer = new Adam { LearningRate = 0.01 } });
                for (int step = 0; step < 30; step++)
                {
                    trainer.Step(
                        Numbers(Steps * Batch * Inputs, step), Numbers(Steps * Batch * Outputs, -step), [3, 6, 1, 4]);
                }

                return model.Weights();
            }),
        ];
        Assert.Equal(weights[0], weights[1]);
        Assert.Equal(weights[0], weights[2]);
        Assert.NotEqual(new LeakyModel(seed: 3).Weights(), weights[0]);
    }

    [Fact]
    public void Step_ClipNorm_ScalesTheUpdateAndReportsTheNormBefore()
    {
        float[] inputs = Numbers(Steps * Batch * Inputs, 1);
        float[] targets = [.. Numbers(Steps * Batch * Outputs, 2).Select(value => 100 * value)];
        var model = new LeakyModel();
        using LeakyModel.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { ClipNorm = 0.5, Optimizer = new Sgd { LearningRate = 1 } });
        float[] before = model.Weights();
        trainer.Step(inputs, targets, Batch);
        Assert.True(trainer.GradientNorm > 5, $"{trainer.GradientNorm}");

        // The second bias reads as zeros, so the change of the tensors is the change of the parameters.
        double moved = Math.Sqrt(model.Weights().Zip(before, (a, b) => (double)(a - b) * (a - b)).Sum());
        Assert.Equal(0.5, moved, 1e-4);
    }

    [Fact]
    public void Step_CarryState_GoesOnWhereTheBatchBeforeEnded()
    {
        const int Row = Batch * Inputs;
        const int TargetRow = Batch * Outputs;
        float[] inputs = Numbers(Steps * Row, 1);
        float[] targets = Numbers(Steps * TargetRow, 2);
        var model = new LeakyModel();
        using LeakyModel.Trainer whole = model.CreateTrainer();
        using LeakyModel.Trainer cut = model.CreateTrainer(
            new TrainingOptions { CarryState = true, Optimizer = new Sgd { LearningRate = 0 } });
        float expected = whole.Evaluate(inputs, targets, Batch);

        float first = cut.Evaluate(inputs.AsSpan(0, 2 * Row), targets.AsSpan(0, 2 * TargetRow), Batch);
        float second = cut.Evaluate(inputs.AsSpan(2 * Row), targets.AsSpan(2 * TargetRow), Batch);
        Assert.Equal(expected, (first * 2 + second * 4) / 6, 1e-6f);

        // Training has a state of its own, still at zero.
        first = cut.Step(inputs.AsSpan(0, 2 * Row), targets.AsSpan(0, 2 * TargetRow), Batch);
        float next = cut.ComputeGradients(inputs.AsSpan(2 * Row), targets.AsSpan(2 * TargetRow), Batch);
        Assert.Equal(next, second, 1e-6f);
        second = cut.Step(inputs.AsSpan(2 * Row), targets.AsSpan(2 * TargetRow), Batch);
        Assert.Equal(expected, (first * 2 + second * 4) / 6, 1e-6f);

        cut.ResetState();
        Assert.Equal(first, cut.Evaluate(inputs.AsSpan(0, 2 * Row), targets.AsSpan(0, 2 * TargetRow), Batch), 1e-6f);
    }

    [Fact]
    public void Evaluate_CarryStateWithLengthsInAnyOrder_KeepsEachSequencesOwnState()
    {
        var model = new LeakyModel();
        using LeakyModel.Trainer cut = model.CreateTrainer(new TrainingOptions { CarryState = true });
        using LeakyModel.Trainer whole = model.CreateTrainer();
        int[] firstLengths = [1, 3, 2];
        int[] secondLengths = [2, 1, 3];
        float[] first = Numbers(3 * 3 * Inputs, 1);
        float[] second = Numbers(3 * 3 * Inputs, 2);
        float[] zeros = new float[3 * 3 * Outputs];
        cut.Evaluate(first, zeros, firstLengths);
        float carried = cut.Evaluate(second, zeros, secondLengths);

        // The same as one sequence each, first part and second part behind one another.
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            using LeakyModel.State state = model.CreateState();
            for (int step = 0; step < firstLengths[i]; step++)
            {
                model.Runtime.Step(first.AsSpan((step * 3 + i) * Inputs, Inputs), state);
            }

            for (int step = 0; step < secondLengths[i]; step++)
            {
                foreach (float output in model.Runtime.Step(second.AsSpan((step * 3 + i) * Inputs, Inputs), state))
                {
                    sum += output * output / Outputs;
                }
            }
        }

        Assert.Equal(sum / 6, carried, 1e-5);
        cut.ResetState(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => cut.ResetState(4));
        Assert.NotEqual(whole.Evaluate(second, zeros, secondLengths), carried);
    }

    [Fact]
    public void Step_InfiniteLoss_ThrowsAndChangesNothing()
    {
        var model = new LeakyModel();
        using LeakyModel.Trainer trainer = model.CreateTrainer(new TrainingOptions { Threads = 2, CarryState = true });
        float[] inputs = Numbers(Steps * Batch * Inputs, 1);
        float[] targets = Numbers(Steps * Batch * Outputs, 2);
        trainer.Step(inputs, targets, Batch);
        float[] before = model.Weights();
        float next = trainer.ComputeGradients(inputs, targets, Batch);
        float[] bad = [.. inputs];
        bad[5] = 1e30f;
        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Step(bad, targets, Batch));
        Assert.Equal(2, exception.Step);
        Assert.Equal(double.PositiveInfinity, exception.Loss);
        Assert.Contains("learning rate", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights());
        Assert.Equal(1, trainer.Steps);
        Assert.Equal(next, trainer.ComputeGradients(inputs, targets, Batch));
    }

    [Fact]
    public void Step_BadArgument_ChangesNothing()
    {
        var model = new LeakyModel();
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        float[] before = model.Weights();
        Assert.Throws<ArgumentException>(() => trainer.Step(new float[Inputs], new float[Outputs], sequences: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Step(new float[Inputs], new float[Outputs], [2]));
        Assert.Throws<ArgumentException>(() => trainer.Gradient("nothing"));
        Assert.Equal(before, model.Weights());
        Assert.Equal(0, trainer.Steps);
    }

    [Fact]
    public void AnyCall_InputsTargetsAndLengthsInTheSameMemory_EqualsThemApart()
    {
        float[] memory = Numbers(2 + 3 * 2 * Inputs, 1);
        MemoryMarshal.Cast<float, int>(memory.AsSpan())[0] = 2;
        MemoryMarshal.Cast<float, int>(memory.AsSpan())[1] = 3;
        Span<float> inputs = memory.AsSpan(1, 3 * 2 * Inputs);
        Span<float> targets = memory.AsSpan(2, 3 * 2 * Outputs);
        Span<int> lengths = MemoryMarshal.Cast<float, int>(memory.AsSpan(0, 2));
        using LeakyModel.Trainer apart = new LeakyModel().CreateTrainer();
        using LeakyModel.Trainer together = new LeakyModel().CreateTrainer();
        float expected = apart.ComputeGradients(inputs.ToArray(), targets.ToArray(), lengths.ToArray());
        Assert.Equal(expected, together.ComputeGradients(inputs, targets, lengths));
        Assert.Equal(apart.Gradient("linear.weight"), together.Gradient("linear.weight"));
        Assert.Equal(expected, together.Evaluate(inputs, targets, lengths));
        Assert.Equal(expected, together.Step(inputs, targets, lengths));
    }

    [Fact]
    public void Step_NoLengths_NamesTheOtherOverload()
    {
        using LeakyModel.Trainer trainer = new LeakyModel().CreateTrainer();
        var exception = Assert.Throws<ArgumentException>(
            "lengths", () => trainer.Step(new float[Batch * Inputs], new float[Batch * Outputs], []));
        Assert.Contains("'int sequences'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Steps);
    }

    [Fact]
    public void Step_Steadily_AllocatesNothing()
    {
        var model = new LeakyModel();
        using LeakyModel.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Threads = 2, ClipNorm = 1, CarryState = true });
        float[] inputs = Numbers(Steps * Batch * Inputs, 1);
        float[] targets = Numbers(Steps * Batch * Outputs, 2);
        int[] lengths = [3, 6, 1, 4];
        long allocated = -1;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                trainer.Step(inputs, targets, lengths);
                trainer.Evaluate(inputs, targets, lengths);
                trainer.ComputeGradients(inputs, targets, lengths);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Step_ScheduleWithoutTotalSteps_SaysWhatToSet()
    {
        using LeakyModel.Trainer trainer = new LeakyModel().CreateTrainer(
            new TrainingOptions { Schedule = new Halving() });
        var exception = Assert.Throws<InvalidOperationException>(
            () => trainer.Step(new float[Batch * Inputs], new float[Batch * Outputs], Batch));
        Assert.Contains("TotalSteps", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_Schedule_SetsTheRateOfEachStep()
    {
        using LeakyModel.Trainer trainer = new LeakyModel().CreateTrainer(
            new TrainingOptions
            {
                Schedule = new Halving(),
                TotalSteps = 3,
                Optimizer = new Sgd { LearningRate = 0.5 }
            });
        foreach (double rate in new[] { 0.5, 0.25, 0.125 })
        {
            trainer.Step(new float[Batch * Inputs], new float[Batch * Outputs], Batch);
            Assert.Equal(rate, trainer.LearningRate);
        }
    }

    [Fact]
    public void Trainer_Disposed_Refuses()
    {
        LeakyModel.Trainer trainer = new LeakyModel().CreateTrainer(new TrainingOptions { Threads = 2 });
        trainer.Dispose();
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(
            () => trainer.Step(new float[Batch * Inputs], new float[Batch * Outputs], Batch));
    }

    [Fact]
    public void Trainer_CarryStateOfModelWithoutStates_IsRefusedWithAllThatMayBeTheReason()
    {
        var options = new TrainingOptions { CarryState = true };
        string message = Assert.Throws<ArgumentException>(
            "options", () => new TokenBagTrainer(new ModelRuntime<double>(new TokenBag()), options)).Message;
        Assert.All(
            ["no recurrent layer", "bidirectional", "encoder–decoder"],
            reason => Assert.Contains(reason, message, StringComparison.Ordinal));
    }

    [Fact]
    public void TrainingOptions_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Threads = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { ClipNorm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { ClipNorm = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { TotalSteps = 0 });
        Assert.Throws<ArgumentNullException>(() => new TrainingOptions { Optimizer = null! });
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private sealed class Halving : LearningRateSchedule
    {
        public override double RateAt(long step, long totalSteps, double baseRate) => baseRate * Math.Pow(0.5, step);
    }
}
