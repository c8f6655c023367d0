using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.BadInput;

/// <summary>Training data that does not fit a model, or hardly does.</summary>
public sealed class DataInputTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Windows_TextWithoutATarget_IsRefused(int length)
    {
        var exception = Assert.Throws<ArgumentException>("tokens", () => SequenceData.Windows(new int[length]));
        Assert.Contains($"{length} token", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(Characters.Steps + 1)]
    public void Fit_TextShorterThanAWindow_TrainsOnWhatThereIs(int length)
    {
        int[] text = [.. Enumerable.Range(0, length)];
        using Characters.Trainer trainer = new Characters(seed: 1).CreateTrainer();
        SequenceData<int, int> data = SequenceData.Windows(text);
        TrainingReport report = trainer.Fit(data, epochs: 2, validation: data);
        Assert.Equal(TrainingOutcome.Completed, report.Outcome);
        Assert.True(double.IsFinite(report.TrainLoss));
        Assert.True(report.ValidationLoss is { } loss && double.IsFinite(loss));
        Assert.Equal(length - 1, report.Epochs[0].Items);
    }

    [Fact]
    public void Fit_TokenOutsideTheVocabulary_TrainsNothing()
    {
        var model = new Characters(seed: 1);
        float[] before = model.GetTensor("dense.weight");
        using Characters.Trainer trainer = model.CreateTrainer();
        int[] text = new int[500];
        text[400] = Characters.Vocabulary;
        SequenceData<int, int> data = SequenceData.Windows(text);
        var exception = Assert.Throws<ArgumentOutOfRangeException>("data", () => trainer.Fit(data, epochs: 1));
        Assert.Contains("data: inputs[400] is 37", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<ArgumentOutOfRangeException>(
            "validation", () => trainer.Fit(SequenceData.Windows(new int[500]), epochs: 1, validation: data));
        Assert.Contains("validation: inputs[400] is 37", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.GetTensor("dense.weight"));
        Assert.Throws<ArgumentNullException>("data", () => trainer.Fit(null!, epochs: 1));
        Assert.Throws<ArgumentOutOfRangeException>("epochs", () => trainer.Fit(data, epochs: 0));
    }

    [Fact]
    public void Fit_SeriesShorterThanASlidingWindow_IsRefused()
    {
        using EchoGru.Trainer trainer = new EchoGru(seed: 1).CreateTrainer();
        float[] series = new float[EchoGru.Steps - 1];
        SequenceData<float, float> data = SequenceData.SlidingWindows(series, series);
        var exception = Assert.Throws<ArgumentException>("data", () => trainer.Fit(data, epochs: 1));
        Assert.Contains("11 steps", exception.Message, StringComparison.Ordinal);
        Assert.Contains("12", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_SequencesThatAreEmptyOrTooLong_AreRefused()
    {
        using NameOrigin.Trainer trainer = new NameOrigin(seed: 1).CreateTrainer();
        foreach (int length in (int[])[0, NameOrigin.Steps + 1])
        {
            SequenceData<int, int> data = SequenceData.Labelled([[1, 2], new int[length]], [0, 1]);
            var exception = Assert.Throws<ArgumentException>("data", () => trainer.Fit(data, epochs: 1));
            Assert.Contains($"inputs[1] has {length} steps", exception.Message, StringComparison.Ordinal);
        }

        SequenceData<int, int> windows = SequenceData.Windows([1, 2, 3]);
        SequenceData<int, int> sound = SequenceData.Labelled([[1, 2]], [0]);
        Assert.Throws<ArgumentException>("data", () => trainer.Fit(windows, epochs: 1));
        Assert.Throws<ArgumentException>("validation", () => trainer.Fit(sound, epochs: 1, validation: windows));
    }

    [Theory]
    [InlineData(1, "1 token;")]
    [InlineData(0, "0 tokens;")]
    public void Windows_Messages_CountInEnglish(int count, string words) => Assert.Contains(
        words,
        Assert.Throws<ArgumentException>(() => SequenceData.Windows(new int[count])).Message,
        StringComparison.Ordinal);
}
