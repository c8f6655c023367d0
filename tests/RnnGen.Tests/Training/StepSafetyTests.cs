using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>A step that throws leaves all as before it, and no step leaves weights that are not finite.</summary>
public sealed class StepSafetyTests
{
    private const int Steps = 6;
    private const int Batch = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Step_AnyRateAndOptimizer_LeavesFiniteWeightsOrThoseBefore(int threads)
    {
        var random = new Random(threads);
        (float[] inputs, float[] targets) = LeakySeries.Draw(Steps * Batch, seed: 5);
        int divergences = 0;
        int updates = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            var model = new LeakyModel(seed: 2);
            using LeakyModel.Trainer trainer = model.CreateTrainer(new TrainingOptions
            {
                Optimizer = RandomOptimizers.Draw(random, mostExponent: 39),
                ClipNorm = random.Next(2) == 0 ? null : Math.Pow(10, random.Next(-3, 30)),
                Threads = threads,
                CarryState = random.Next(2) == 0,
            });
            for (int step = 0; step < 12; step++)
            {
                float[] before = model.Weights();
                float next = trainer.ComputeGradients(inputs, targets, Batch);
                try
                {
                    trainer.Step(inputs, targets, Batch);
                    updates++;
                    Assert.All(model.Weights(), weight => Assert.True(float.IsFinite(weight)));
                }
                catch (TrainingDivergedException exception)
                {
                    divergences++;
                    Assert.Equal(trainer.Steps + 1, exception.Step);
                    Assert.Equal(before, model.Weights());
                    Assert.Equal(next, trainer.ComputeGradients(inputs, targets, Batch));
                }
            }
        }

        Assert.True(divergences > 100 && updates > 100, $"{divergences} divergences, {updates} updates");
    }

    [Fact]
    public void Step_AnyRateInDoublePrecision_LeavesFiniteWeightsOrThoseBefore()
    {
        var random = new Random(3);
        int divergences = 0;
        int updates = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            var model = new ModelRuntime<double>(new TokenBag());
            using var trainer = new TokenBagTrainer(
                model, new TrainingOptions { Optimizer = RandomOptimizers.Draw(random, mostExponent: 307) });
            for (int step = 0; step < 8; step++)
            {
                double[] before = model.Parameters.Get("table.weight");
                try
                {
                    trainer.Step([1, 2, 3, 4, 5, 6], [0, 1, 2], sequences: 3);
                    updates++;
                    Assert.All(model.Parameters.Get("table.weight"), weight => Assert.True(double.IsFinite(weight)));
                }
                catch (TrainingDivergedException)
                {
                    divergences++;
                    Assert.Equal(before, model.Parameters.Get("table.weight"));
                }
            }
        }

        Assert.True(divergences > 100 && updates > 100, $"{divergences} divergences, {updates} updates");
    }

    [Theory]
    [InlineData(1e38)]
    [InlineData(1e39)]
    [InlineData(1e300)]
    public void Step_UpdateThatOverflows_ThrowsFromThatStepAndKeepsTheMoments(double rate)
    {
        (float[] inputs, float[] targets) = LeakySeries.Draw(Steps * Batch, seed: 5);
        var model = new LeakyModel(seed: 2);
        using LeakyModel.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Sgd { LearningRate = 1, Momentum = 0.9 },
            Schedule = new Rates(0.01, rate * 100, 0.01),
            TotalSteps = 3,
        });
        var twin = new LeakyModel(seed: 2);
        using LeakyModel.Trainer twinTrainer = twin.CreateTrainer(
            new TrainingOptions { Optimizer = new Sgd { LearningRate = 0.01, Momentum = 0.9 } });
        trainer.Step(inputs, targets, Batch);
        float[] before = model.Weights();
        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Step(inputs, targets, Batch));
        Assert.True(double.IsFinite(exception.Loss) && double.IsFinite(exception.GradientNorm));
        Assert.Contains("would have made weights infinite", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights());
        Assert.Equal(1, trainer.Steps);

        // The moments are as before, too: another rate goes on as if nothing had been tried.
        trainer.Step(inputs, targets, Batch);
        twinTrainer.Step(inputs, targets, Batch);
        twinTrainer.Step(inputs, targets, Batch);
        Assert.Equal(twin.Weights(), model.Weights());
    }

    [Fact]
    public void Step_SquareOfAGradientOverflows_IsNotLearningNothing()
    {
        // A second moment of infinity would hold Adam's weights still for ever.
        (float[] inputs, float[] targets) = LeakySeries.Draw(Steps * Batch, seed: 5);
        var model = new LeakyModel(seed: 2);
        using LeakyModel.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Adam { LearningRate = 0.01 } });
        float[] far = [.. targets.Select(_ => 1e18f)];
        float[] steep = [.. inputs.Select(_ => 1e3f)];
        float[] before = model.Weights();
        Assert.Throws<TrainingDivergedException>(() => trainer.Step(steep, far, Batch));
        Assert.Equal(before, model.Weights());
        trainer.Step(inputs, targets, Batch);
        Assert.NotEqual(before, model.Weights());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Step_OptimizerOfOnesOwn_GivesTheSameBitsAsABuiltInOne(int threads)
    {
        (float[] inputs, float[] targets) = LeakySeries.Draw(Steps * Batch, seed: 5);
        float[][] weights = [.. new Optimizer[] { new Sgd { LearningRate = 0.05 }, new OwnSgd() }.Select(optimizer =>
        {
            var model = new LeakyModel(seed: 2);
            using LeakyModel.Trainer trainer = model.CreateTrainer(
                new TrainingOptions { Optimizer = optimizer, Threads = threads, ClipNorm = 0.5 });
            for (int step = 0; step < 30; step++)
            {
                trainer.Step(inputs, targets, Batch);
            }

            return model.Weights();
        })];
        Assert.Equal(weights[0], weights[1]);
    }

    [Fact]
    public void Step_OptimizerOfOnesOwn_AllocatesNothingOnceItHasRun()
    {
        (float[] inputs, float[] targets) = LeakySeries.Draw(Steps * Batch, seed: 5);
        using LeakyModel.Trainer trainer = new LeakyModel(seed: 2).CreateTrainer(
            new TrainingOptions { Optimizer = new OwnSgd(), Threads = 2 });
        long allocated = -1;
        for (int step = 0; step < 100; step++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Step(inputs, targets, Batch);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Step_OptimizerOfOnesOwnFails_LeavesNoTrace(int threads)
    {
        (float[] inputs, float[] targets) = LeakySeries.Draw(Steps * Batch, seed: 5);
        var model = new LeakyModel(seed: 2);
        var optimizer = new OwnSgd();
        using LeakyModel.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = optimizer, Threads = threads });
        trainer.Step(inputs, targets, Batch);
        float[] before = model.Weights();
        optimizer.FailsAt = threads;
        Assert.Throws<InvalidTimeZoneException>(() => trainer.Step(inputs, targets, Batch));
        Assert.Equal(before, model.Weights());
        optimizer.FailsAt = 0;
        optimizer.Rate = double.NaN;
        Assert.Throws<TrainingDivergedException>(() => trainer.Step(inputs, targets, Batch));
        Assert.Equal(before, model.Weights());
        optimizer.Rate = 0.05;
        trainer.Step(inputs, targets, Batch);
        Assert.NotEqual(before, model.Weights());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65)]
    public void Trainer_MomentsThatNoOptimizerHas_AreRefused(int moments)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => new LeakyModel().CreateTrainer(
            new TrainingOptions { Optimizer = new OwnSgd { Moments = moments } }));
        Assert.Contains($"OwnSgd has a MomentCount of {moments}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_WeightsSetToNoNumbers_NamesTheTensor()
    {
        (float[] inputs, float[] targets) = LeakySeries.Draw(Steps * Batch, seed: 5);
        var model = new LeakyModel(seed: 2);
        using LeakyModel.Trainer trainer = model.CreateTrainer();
        trainer.Step(inputs, targets, Batch);
        model.Runtime.Parameters.Set("linear.decay", [0.5f, float.NegativeInfinity]);
        var exception = Assert.Throws<InvalidOperationException>(() => trainer.Step(inputs, targets, Batch));
        Assert.Contains("'linear.decay'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("at place 1", exception.Message, StringComparison.Ordinal);
        model.Runtime.Parameters.Set("linear.decay", [0.5f, 0.5f]);
        trainer.Step(inputs, targets, Batch);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void AnyPass_FeatureOrTargetThatIsNoNumber_NamesItsPlace(float value)
    {
        (float[] inputs, float[] targets) = LeakySeries.Draw(Steps * Batch, seed: 5);
        var model = new LeakyModel(seed: 2);
        float[] before = model.Weights();
        using LeakyModel.Trainer trainer = model.CreateTrainer(new TrainingOptions { CarryState = true });
        float expected = trainer.ComputeGradients(inputs, targets, Batch);
        float[] bad = [.. inputs];
        bad[(((3 * Batch) + 2) * LeakyLinear.Inputs) + 1] = value;
        Refuses("inputs", "step 3, sequence 2, feature 1", bad, targets);
        bad = [.. targets];
        bad[(((5 * Batch) + 3) * LeakyLinear.Outputs) + 1] = value;
        Refuses("targets", "step 5, sequence 3, output 1", inputs, bad);
        Assert.Equal(before, model.Weights());
        Assert.Equal(0, trainer.Steps);
        Assert.Equal(expected, trainer.ComputeGradients(inputs, targets, Batch));

        // What follows a sequence's end may be anything.
        trainer.Step(inputs, bad, [6, 6, 6, 5]);

        void Refuses(string argument, string place, float[] features, float[] wanted)
        {
            Action[] ways =
            [
                () => trainer.Step(features, wanted, Batch),
                () => trainer.Evaluate(features, wanted, Batch),
                () => trainer.ComputeGradients(features, wanted, Batch),
            ];
            Assert.All(ways, way => Assert.Contains(
                place, Assert.Throws<ArgumentException>(argument, way).Message, StringComparison.Ordinal));
        }
    }

    private sealed class Rates(params double[] rates) : LearningRateSchedule
    {
        private int _next;

        public override double RateAt(long step, long totalSteps, double baseRate) => rates[_next++];
    }

    private sealed class OwnSgd() : Optimizer<Sgd.Rule>(0.05)
    {
        private int _asked;

        public int FailsAt { get; set; }

        public double Rate { get; set; } = 0.05;

        public int Moments { get; init; }

        public override int MomentCount => Moments;

        // Every worker asks; with two, the other has made its share by the time that the second fails.
        protected override Sgd.Rule CreateRule(double learningRate, long step)
        {
            if (FailsAt > 0)
            {
                int asked = Interlocked.Increment(ref _asked);
                Thread.Sleep(20 * asked);
                if (asked == FailsAt)
                {
                    throw new InvalidTimeZoneException();
                }
            }

            return new(Rate, momentum: 0, nesterov: false, weightDecay: 0);
        }
    }
}
