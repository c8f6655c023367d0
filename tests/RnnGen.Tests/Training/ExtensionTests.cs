using RnnGen.Kernels;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Data, readers and schedules of a user's own, held to what they promise.</summary>
public sealed class ExtensionTests
{
    private readonly LeakyModel _model = new(seed: 2);
    private readonly BatchList _sound = LeakySeries.Batches(3, steps: 4, seed: 5);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1e-3)]
    public void Schedule_RateThatIsNone_IsRefusedBeforeAWeightChanges(double rate)
    {
        using LeakyModel.Trainer trainer = _model.CreateTrainer(
            new TrainingOptions { Schedule = new From(step: 2, rate), TotalSteps = 3 });
        (float[] inputs, float[] targets) = LeakySeries.Draw(24, seed: 5);
        trainer.Step(inputs, targets, 4);
        trainer.Step(inputs, targets, 4);
        float[] before = _model.Weights();
        AssertSays(() => trainer.Step(inputs, targets, 4), "From.RateAt(2, 3, 0.001) gave", "0 or more, and finite");
        Assert.Equal(before, _model.Weights());
        Assert.Equal(2, trainer.Steps);
    }

    [Fact]
    public void Fit_ScheduleGoesWrong_ThrowsWithWhatWasLearnt()
    {
        var twin = new LeakyModel(seed: 2);
        using LeakyModel.Trainer trainer = _model.CreateTrainer(
            new TrainingOptions { Schedule = new From(step: 2, double.NaN) });
        using LeakyModel.Trainer twinTrainer = twin.CreateTrainer();
        AssertSays(() => trainer.Fit(_sound, 2), "From.RateAt(2, 6, 0.001) gave NaN");
        twinTrainer.Fit(new BatchList([.. _sound.Batches.Take(2)]), 1);
        Assert.Equal(twin.Weights(), _model.Weights());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Fit_ReaderWithoutBatches_TrainsNothing(int count)
    {
        var empty = new BatchList([]) { PromisedCount = count };
        AssertTrainsNothing(empty, null, "reader of data", $"BatchCount of {count}", "1 batch or more");
        AssertTrainsNothing(_sound, empty, "reader of validation", $"BatchCount of {count}");
        AssertTrainsNothing(
            new BatchList([]) { PromisedCount = 1 }, null, "ended after 0 batches, but its BatchCount is 1");
    }

    [Fact]
    public void Fit_ReaderThatGivesFewerOrMoreThanItSays_IsFoundOut()
    {
        AssertSays(new BatchList(_sound.Batches) { PromisedCount = 4 }, null, "data", "after 3 batches", "is 4");
        AssertSays(new BatchList(_sound.Batches) { PromisedCount = 2 }, null, "data", "after the 2 batches");
        AssertSays(new BatchList(_sound.Batches) { IsEndless = true }, null, "data", "after the 3 batches");
        AssertSays(_sound, new BatchList(_sound.Batches) { IsEndless = true }, "validation", "after the 3 batches");
        AssertSays(new BatchList(_sound.Batches) { Resizes = false }, null, "data", "without a call of Resize");
    }

    [Fact]
    public void Fit_DataWithoutAReader_IsRefused()
    {
        using LeakyModel.Trainer trainer = _model.CreateTrainer();
        AssertSays(() => trainer.Fit(new Unopened(), 1), "Unopened.Open gave no reader for data");
        AssertSays(() => trainer.Fit(_sound, 1, new Unopened()), "Unopened.Open gave no reader for validation");
        var refusal = Assert.Throws<ArgumentException>("validation", () => trainer.Fit(_sound, 1, new Unfitting()));
        Assert.Contains("validation, of Unfitting, does not fit", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Too few.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Steps);
    }

    [Theory]
    [InlineData(0, 0, "lengths[0] is 0")]
    [InlineData(0, 5, "lengths[0] is 5")]
    [InlineData(1, 4, "inputs[7] (step 2, sequence 0, feature 1) is NaN")]
    public void Fit_BatchThatDoesNotFit_NamesItAndKeepsWhatWasLearnt(int poisoned, int length, string reason)
    {
        var twin = new LeakyModel(seed: 2);
        using LeakyModel.Trainer trainer = _model.CreateTrainer();
        using LeakyModel.Trainer twinTrainer = twin.CreateTrainer();
        var data = new Spoilt(_sound, poisoned == 1, length);
        var exception = Assert.Throws<ArgumentException>("data", () => trainer.Fit(data, 2));
        Assert.Contains("Batch 3 of data", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        twinTrainer.Fit(new BatchList([.. _sound.Batches.Take(2)]), 1);
        Assert.Equal(twin.Weights(), _model.Weights());
        var ofValidation = Assert.Throws<ArgumentException>("validation", () => trainer.Fit(_sound, 1, data));
        Assert.Contains("Batch 3 of validation", ofValidation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ReaderThrows_PassesItOnWithWhatWasLearnt()
    {
        var twin = new LeakyModel(seed: 2);
        using LeakyModel.Trainer trainer = _model.CreateTrainer();
        using LeakyModel.Trainer twinTrainer = twin.CreateTrainer();
        var data = new BatchList(_sound.Batches)
        {
            Reading = batch => _ = batch == 2 ? throw new InvalidTimeZoneException() : 0,
        };
        Assert.Throws<InvalidTimeZoneException>(() => trainer.Fit(data, 1));
        twinTrainer.Fit(new BatchList([.. _sound.Batches.Take(2)]), 1);
        Assert.Equal(twin.Weights(), _model.Weights());
    }

    private void AssertTrainsNothing(BatchList data, BatchList? validation, params string[] words)
    {
        float[] before = _model.Weights();
        AssertSays(data, validation, words);
        Assert.Equal(before, _model.Weights());
    }

    private void AssertSays(BatchList data, BatchList? validation, params string[] words)
    {
        using LeakyModel.Trainer trainer = _model.CreateTrainer();
        AssertSays(() => trainer.Fit(data, 2, validation), words);
        Assert.All(_model.Weights(), weight => Assert.True(float.IsFinite(weight)));
    }

    private static void AssertSays(Func<object> call, params string[] words)
    {
        var exception = Assert.Throws<InvalidOperationException>(call);
        Assert.All(words, word => Assert.Contains(word, exception.Message, StringComparison.Ordinal));
    }

    private sealed class From(long step, double rate) : LearningRateSchedule
    {
        public override double RateAt(long now, long totalSteps, double baseRate) => now < step ? baseRate : rate;
    }

    private sealed class Unopened : SequenceData<float, float>
    {
        public override bool CarriesState => false;

        public override SequenceReader<float, float> Open(ModelShape shape) => null!;
    }

    private sealed class Unfitting : SequenceData<float, float>
    {
        public override bool CarriesState => false;

        public override SequenceReader<float, float> Open(ModelShape shape) => throw new ArgumentException("Too few.");
    }

    // The last batch has a length of its own, or no number for a feature.
    private sealed class Spoilt(BatchList sound, bool poisons, int length) : SequenceData<float, float>
    {
        public override bool CarriesState => false;

        public override SequenceReader<float, float> Open(ModelShape shape) =>
            new Reader(sound.Open(shape), poisons, length);

        private sealed class Reader(SequenceReader<float, float> sound, bool poisons, int length)
            : SequenceReader<float, float>
        {
            private int _read;

            public override int BatchCount => sound.BatchCount;

            public override void Restart(CounterRandom? order)
            {
                _read = 0;
                sound.Restart(order);
            }

            public override bool Read(SequenceBatch<float, float> batch)
            {
                bool isThere = sound.Read(batch);
                if (isThere && ++_read == BatchCount)
                {
                    batch.Lengths[0] = length;
                    batch.Inputs[7] = poisons ? float.NaN : 0;
                }

                return isThere;
            }
        }
    }
}
