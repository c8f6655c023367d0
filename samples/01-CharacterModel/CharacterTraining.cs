using System.Globalization;
using RnnGen;
using Samples;

namespace CharacterSample;

/// <summary>Trains the model on a text, saves it and checks what it has learnt.</summary>
internal sealed class CharacterTraining(SampleOptions options)
{
    /// <summary>What guessing every token with the same probability costs, in nats per character.</summary>
    private static readonly double Guessing = Math.Log(CharacterModel.Vocabulary);

    /// <summary>Trains, saves, checks and writes a passage.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public int Run(CancellationToken cancellation)
    {
        OutputFile.CheckWritable(options.Output);
        SampleText text = options.Text is { } path ? SampleText.FromFile(path) : SampleText.FromOwnSources();
        var vocabulary = Vocabulary.Of(text.Training);
        int[] training = vocabulary.Encode(text.Training);
        int[] heldOut = vocabulary.Encode(text.HeldOut);
        var model = new CharacterModel(options.Seed);
        Introduce(model, text, vocabulary, training.Concat(heldOut).Count(token => token == Vocabulary.Other));

        TrainingReport report = Train(model, training, heldOut, cancellation);
        string saved = Save(model, vocabulary, report);
        switch (report.Outcome)
        {
            case TrainingOutcome.Canceled:
                Console.WriteLine($"{report.Explanation} {saved}");
                return ExitCode.Stopped;
            case TrainingOutcome.Diverged:
                Console.Error.WriteLine($"error: {report.Explanation} {saved}");
                return ExitCode.Failure;
            default:
                Console.WriteLine($"{Result(report)} {saved}");
                Console.WriteLine();
                new Writer(model, vocabulary, options).Write(Console.Out, cancellation);
                return cancellation.IsCancellationRequested ? ExitCode.Stopped : Check(report);
        }
    }

    private TrainingReport Train(CharacterModel model, int[] training, int[] heldOut, CancellationToken cancellation)
    {
        using CharacterModel.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = options.LearningRate },
            Schedule = new CosineDecay { Final = 1e-4 },
            ClipNorm = 1,
            Threads = options.Threads,
            Seed = options.Seed,
        });
        return TrainingBar.IsPossible
            ? TrainingBar.Show(bar => Fit(new TrainingDisplay(bar)))
            : Fit(new EpochLines(Console.Out));

        // Both parts are read as 32 streams side by side, a short held-out part as fewer, each with its state carried
        // from window to window.
        TrainingReport Fit(IProgress<TrainingProgress> progress) => trainer.Fit(
            SequenceData.Windows(training),
            options.Epochs,
            SequenceData.Windows(heldOut),
            progress,
            cancellation);
    }

    private string Save(CharacterModel model, Vocabulary vocabulary, TrainingReport report)
    {
        string path = options.Output;
        if (report.BestEpoch is null)
        {
            if (report.Steps == 0)
            {
                return "Nothing was saved.";
            }

            // Weights that nobody has measured do not replace weights that somebody may want.
            path = File.Exists(path) ? Path.ChangeExtension(path, ".unfinished.safetensors") : path;
        }

        ModelFile.Save(path, model, vocabulary);
        return $"Saved as {path}.";
    }

    private void Introduce(CharacterModel model, SampleText text, Vocabulary vocabulary, int others)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Text:  {text.Source}
                   {text.Training.Length:N0} characters to train on, {text.HeldOut.Length:N0} held out
                   {vocabulary.CharacterCount} different ones with tokens of their own, which leaves {others:N0} without
            Model: {CharacterModel.ParameterCount:N0} parameters, {model.Target} instructions, {options.Threads} threads
            """));
    }

    private static string Result(TrainingReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"Held-out loss {report.BestValidationLoss:F4} nats per character (epoch {report.BestEpoch}); "
        + $"guessing evenly costs {Guessing:F4}.");

    // The sample's own promise, for the text that is known to it.
    private int Check(TrainingReport report)
    {
        double first = report.Epochs[0].ValidationLoss ?? double.NaN;
        double best = report.BestValidationLoss ?? double.NaN;
        bool hasLearnt = best < Guessing / 2 && (report.Epochs.Length == 1 || best < first);
        if (options.Text is not null || hasLearnt)
        {
            return ExitCode.Success;
        }

        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"error: The model has not learnt: held-out loss {best:F4} after {first:F4} in the first epoch; it should "
            + $"fall, and be below {Guessing / 2:F4}."));
        return ExitCode.Failure;
    }
}
