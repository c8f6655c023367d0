using System.Collections.Immutable;
using System.Globalization;

namespace RnnGen.Tests.Training;

public sealed class ReportTextTests
{
    private static readonly EpochReport SomeEpoch = new()
    {
        Epoch = 3,
        TrainLoss = 1.25,
        ValidationLoss = -1.5,
        LearningRate = 0.001,
        Items = 1500,
        Duration = TimeSpan.FromSeconds(0.5),
    };

    private static readonly ImmutableArray<MetricValue> SomeMetrics =
        [new MetricValue("BLEU", 31.2041), new MetricValue("WER", double.NaN)];

    private static readonly TrainingProgress SomeProgress = new()
    {
        Epoch = 3,
        Epochs = 14,
        Batch = 2,
        Batches = 8,
        TrainLoss = 1.25,
        ValidationLoss = null,
        LearningRate = 0.001,
        ItemsPerSecond = 1234.5,
        Elapsed = TimeSpan.FromSeconds(0.5),
        EpochEnded = false,
    };

    private static readonly TrainingReport SomeReport = new()
    {
        Outcome = TrainingOutcome.Completed,
        Epochs = [SomeEpoch with { Epoch = 1 }],
        Steps = 1,
        Duration = TimeSpan.FromSeconds(1.5),
        BestEpoch = 1,
        Explanation = "Completed.",
    };

    [Theory]
    [InlineData(".", "-")]
    [InlineData(",", "-")]
    [InlineData("٫", "−")]
    public void ToString_AnyCulture_IsTheSame(string decimalSeparator, string negativeSign)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = decimalSeparator;
        culture.NumberFormat.NegativeSign = negativeSign;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Assert.Equal(
                "Epoch 3: train loss 1.25, validation loss -1.5, learning rate 0.001, 3000 items/s, 0.5 s.",
                SomeEpoch.ToString());
            Assert.Equal(
                "Epoch 3: train loss 1.25, learning rate 0.001, 3000 items/s, 0.5 s.",
                (SomeEpoch with { ValidationLoss = null }).ToString());
            Assert.Equal(
                "Epoch 3 of 14, batch 2 of 8: train loss 1.25, learning rate 0.001, 1234.5 items/s, 0.5 s.",
                SomeProgress.ToString());
            Assert.Equal(
                "Completed. 1 epoch, 1 step, train loss 1.25, best validation loss -1.5 (epoch 1), "
                    + "3000 items/s, 1.5 s.",
                SomeReport.ToString());
            Assert.Equal(
                "Epoch 3: train loss 1.25, validation loss -1.5, BLEU 31.204, WER NaN, learning rate 0.001, "
                    + "3000 items/s, 0.5 s.",
                (SomeEpoch with { Metrics = SomeMetrics }).ToString());
            Assert.Equal(
                "Epoch 3 of 14, batch 8 of 8: train loss 1.25, validation loss -1.5, BLEU 31.204, WER NaN, learning "
                    + "rate 0.001, 1234.5 items/s, 0.5 s.",
                (SomeProgress with { Batch = 8, ValidationLoss = -1.5, Metrics = SomeMetrics }).ToString());
            Assert.Equal(
                "Completed. 1 epoch, 1 step, train loss 1.25, best BLEU 31.204 (epoch 1), 3000 items/s, 1.5 s.",
                (SomeReport with
                {
                    BestBy = "BLEU",
                    Epochs = [SomeEpoch with { Epoch = 1, Metrics = SomeMetrics }],
                }).ToString());
            Assert.Equal("[4, 17, 9], score -1.2041", new Hypothesis([4, 17, 9], -2, -1.20412, true).ToString());
            Assert.Equal("[], cut off, score -0.5", new Hypothesis([], -2, -0.5, false).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
