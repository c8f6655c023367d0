using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Training;

public sealed class DivergenceTests
{
    private const int Length = 500;

    private static TrainingOptions Wild => new() { Optimizer = new Sgd { LearningRate = 1e12 } };

    [Fact]
    public void Step_HugeLearningRate_ThrowsAndKeepsTheWeightsBeforeIt()
    {
        var model = new EchoRelu(seed: 1);
        using EchoRelu.Trainer trainer = model.CreateTrainer(Wild);
        (float[] inputs, float[] targets) = Series(EchoRelu.Steps * EchoRelu.Batch);
        for (int step = 0; step < 50; step++)
        {
            float[] before = Weights(model);
            try
            {
                trainer.Step(inputs, targets, EchoRelu.Batch);
            }
            catch (TrainingDivergedException exception)
            {
                Assert.Equal(step + 1, exception.Step);
                Assert.Contains("diverged", exception.Message, StringComparison.Ordinal);
                Assert.Contains("1e+12", exception.Message, StringComparison.Ordinal);
                Assert.Equal(before, Weights(model));
                Assert.Equal(step, trainer.Steps);
                return;
            }
        }

        Assert.Fail("A learning rate of 1e12 did no harm.");
    }

    [Fact]
    public void Step_InputThatIsNoNumber_ThrowsAndChangesNothing()
    {
        var model = new EchoLstm(seed: 1);
        using EchoLstm.Trainer trainer = model.CreateTrainer(new TrainingOptions { CarryState = true });
        (float[] inputs, float[] targets) = Series(EchoLstm.Steps * EchoLstm.Batch);
        trainer.Step(inputs, targets, EchoLstm.Batch);
        float[] before = Weights(model);
        float[] poisoned = [.. inputs];
        poisoned[7] = float.NaN;
        double expected = trainer.ComputeGradients(inputs, targets, EchoLstm.Batch);
        ArgumentException exception = Assert.Throws<ArgumentException>(
            "inputs", () => { trainer.Step(poisoned, targets, EchoLstm.Batch); });
        Assert.Contains("inputs[7]", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Weights(model));

        // Neither is the carried state spoilt: training can go on.
        Assert.Equal(expected, trainer.ComputeGradients(inputs, targets, EchoLstm.Batch));
        Assert.True(float.IsFinite(trainer.Step(inputs, targets, EchoLstm.Batch)));
    }

    // The loss alone is finite: outputs are zero, but 1e22 as a weight makes the gradients of all below it infinite.
    [Fact]
    public void Step_InfiniteGradientAlone_LeavesTheCarriedStateWhereItWas()
    {
        var model = new EchoLstm(seed: 1);
        using EchoLstm.Trainer trainer = model.CreateTrainer(new TrainingOptions { CarryState = true });
        (float[] inputs, float[] targets) = Series(EchoLstm.Steps * EchoLstm.Batch);
        Dictionary<string, float[]> sound = model.Tensors.ToDictionary(
            tensor => tensor.Name, tensor => model.GetTensor(tensor.Name));
        float[] closed = [.. sound["lstm.bias_ih_l0"]];
        closed.AsSpan(closed.Length / 4 * 3).Fill(-200);
        double expected = LossOfSoundWeights();
        model.SetTensor("lstm.bias_ih_l0", closed);
        model.SetTensor("dense.weight", [.. sound["dense.weight"].Select(_ => 1e22f)]);
        var exception = Assert.Throws<TrainingDivergedException>(
            () => trainer.Step(inputs, [.. targets.Select(_ => 1e19f)], EchoLstm.Batch));
        Assert.True(double.IsFinite(exception.Loss));
        Assert.False(double.IsFinite(exception.GradientNorm));
        Assert.Equal(expected, LossOfSoundWeights());

        double LossOfSoundWeights()
        {
            foreach ((string name, float[] values) in sound)
            {
                model.SetTensor(name, values);
            }

            return trainer.ComputeGradients(inputs, targets, EchoLstm.Batch);
        }
    }

    [Fact]
    public void Fit_HugeLearningRate_ReportsAndLeavesFiniteWeights()
    {
        var model = new EchoRelu(seed: 1);
        float[] before = Weights(model);
        using EchoRelu.Trainer trainer = model.CreateTrainer(Wild);
        (float[] inputs, float[] targets) = Series(Length);
        TrainingReport report = trainer.Fit(SequenceData.Windows(inputs, targets), epochs: 20);
        Assert.Equal(TrainingOutcome.Diverged, report.Outcome);
        Assert.Contains("diverged", report.Explanation, StringComparison.Ordinal);
        Assert.Contains("weights", report.Explanation, StringComparison.Ordinal);
        Assert.All(Weights(model), weight => Assert.True(float.IsFinite(weight)));
        Assert.True(report.Epochs.Length > 0 || before.SequenceEqual(Weights(model)));
        Assert.True(float.IsFinite(trainer.Evaluate(inputs.AsSpan(0, 96), targets.AsSpan(0, 96), EchoRelu.Batch)));
    }

    // Clipping keeps the gradients small, and the rate makes them large: most rows of the embedding are not read.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_UpdateBreaksARowThatValidationDoesNotRead_LeavesFiniteWeights(int threads)
    {
        int[] text = [.. Enumerable.Range(0, 200).Select(i => i % Characters.Vocabulary)];
        foreach (Optimizer optimizer in (Optimizer[])
            [
                new Sgd { LearningRate = 3e38 },
                new Adam { LearningRate = 3e38 },
                new AdamW { LearningRate = 1e30 },
                new RmsProp { LearningRate = 1e38 },
            ])
        {
            var model = new Characters(seed: 1);
            using Characters.Trainer trainer = model.CreateTrainer(
                new TrainingOptions { Optimizer = optimizer, Threads = threads, KeepBest = threads == 1 });
            trainer.Fit(SequenceData.Windows(text), 3, SequenceData.Windows([1, 2, 1, 2]));
            Assert.All(
                model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name)),
                weight => Assert.True(float.IsFinite(weight)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Step_AnyRate_LeavesFiniteWeightsOrThoseBefore(int threads)
    {
        var random = new Random(threads);
        (float[] inputs, float[] targets) = Series(EchoLstm.Steps * EchoLstm.Batch);
        int divergences = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            double rate = Math.Pow(10, (random.NextDouble() * 42) - 3);
            var model = new EchoLstm(seed: 1);
            using EchoLstm.Trainer trainer = model.CreateTrainer(new TrainingOptions
            {
                Threads = threads,
                Optimizer = (trial % 4) switch
                {
                    0 => new Sgd { LearningRate = rate, Momentum = 0.9 },
                    1 => new Adam { LearningRate = rate },
                    2 => new AdamW { LearningRate = rate },
                    _ => new RmsProp { LearningRate = rate },
                },
            });
            for (int step = 0; step < 10; step++)
            {
                float[] before = Weights(model);
                try
                {
                    trainer.Step(inputs, targets, EchoLstm.Batch);
                    Assert.All(Weights(model), weight => Assert.True(float.IsFinite(weight)));
                }
                catch (TrainingDivergedException)
                {
                    divergences++;
                    Assert.Equal(before, Weights(model));
                }
            }
        }

        Assert.True(divergences > 10, $"{divergences} divergences");
    }

    private static float[] Weights(EchoRelu model) =>
        [.. model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name))];

    private static float[] Weights(EchoLstm model) =>
        [.. model.Tensors.SelectMany(tensor => model.GetTensor(tensor.Name))];

    private static (float[] Inputs, float[] Targets) Series(int length)
    {
        var random = new Random(3);
        float[] inputs = [.. Enumerable.Range(0, length).Select(_ => (float)random.NextDouble())];
        return (inputs, [.. inputs.Select(value => 1 - value)]);
    }
}
