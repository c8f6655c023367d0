using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Training;

/// <summary>Windows of long sequences, for models that cannot carry their states on.</summary>
public sealed class WindowTests
{
    [Fact]
    public void Fit_WindowsOfAModelBothWays_StartsEachAnew()
    {
        var model = new WindowedBothWays(seed: 3);
        var random = new Random(4);
        const int Steps = 2 * 3 * 4;
        double[] inputs = [.. Enumerable.Range(0, Steps * 2).Select(_ => (4 * random.NextDouble()) - 2)];
        double[] targets = [.. Enumerable.Range(0, Steps * 2).Select(_ => (4 * random.NextDouble()) - 2)];
        using WindowedBothWays.Trainer trainer = model.CreateTrainer(
            new TrainingOptions { Optimizer = new Sgd { LearningRate = 0 } });

        // Three streams of eight steps, each two windows; any window is a sequence.
        double expected = Enumerable.Range(0, 6).Average(window => trainer.Evaluate(
            inputs.AsSpan(window * 8, 8), targets.AsSpan(window * 8, 8), sequences: 1));
        SequenceData<double, double> windows = SequenceData.Windows<double, double>(inputs, targets);
        TrainingReport report = trainer.Fit(windows, epochs: 1, validation: windows);

        Assert.Equal(expected, report.Epochs[0].TrainLoss, 1e-12);
        Assert.Equal(expected, report.Epochs[0].ValidationLoss!.Value, 1e-12);
    }
}
