using System.Globalization;
using RnnGen;
using Samples;

namespace PronounceSample;

/// <summary>Trains the model on most words of a dictionary, saves it, and measures it by the others.</summary>
internal sealed class PronounceTraining(SampleOptions options)
{
    /// <summary>Trains, saves and checks.</summary>
    /// <returns>The model where it was trained to the end, and an <see cref="ExitCode"/>.</returns>
    public (Pronouncer? Model, int ExitCode) Run(CancellationToken cancellation)
    {
        OutputFile.CheckWritable(options.Output);
        PronouncingDictionary dictionary =
            options.Data is { } path ? PronouncingDictionary.Read(path) : PronouncingDictionary.Shipped();
        DataSplit split = DataSplit.Of(dictionary.Words, options.Seed);
        var training = new Examples(split.Training);
        var heldOut = new HeldOutWords(split.HeldOut);
        var model = new Pronouncer(options.Seed);
        Introduce(model, dictionary, split, training);

        TrainingReport report = Train(
            model, training, new Examples(split.HeldOut),
            () => heldOut.Measure(model, new DecodingOptions(), options.Threads, cancellation), cancellation);
        string saved = Save(model, report);
        switch (report.Outcome)
        {
            case TrainingOutcome.Canceled:
                Console.WriteLine($"{report.Explanation} {saved}");
                return (null, ExitCode.Stopped);
            case TrainingOutcome.Diverged:
                Console.Error.WriteLine($"error: {report.Explanation} {saved}");
                return (null, ExitCode.Failure);
            default:
                Console.WriteLine(saved);
                return heldOut.Measure(model, Pronunciations.Search, options.Threads, cancellation) is { } rates
                    ? (model, Conclude(rates))
                    : (null, ExitCode.Stopped);
        }
    }

    private TrainingReport Train(
        Pronouncer model,
        Examples training,
        Examples heldOut,
        Func<ErrorRates?> measure,
        CancellationToken cancellation)
    {
        using Pronouncer.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = options.LearningRate },
            Schedule = new CosineDecay { Final = 1e-5 },
            ClipNorm = 5,
            Threads = options.Threads,
            Seed = options.Seed,

            // The best weights would be chosen by what they are measured by.
            KeepBest = false,
        });
        return TrainingBar.IsPossible ? TrainingBar.Show(Fit) : Fit(null);

        // Not by Metrics, which compare with one pronunciation alone where a word has several.
        TrainingReport Fit(TrainingBar? bar) => trainer.Fit(
            training.Data, options.Epochs, heldOut.Data, new EpochLines(training, measure, bar), cancellation);
    }

    private string Save(Pronouncer model, TrainingReport report)
    {
        // What was hardly trained does not replace weights that somebody may want.
        if (report.Epochs.IsEmpty)
        {
            return "Nothing was saved.";
        }

        model.Save(options.Output);
        return $"Saved as {options.Output}.";
    }

    private void Introduce(
        Pronouncer model, PronouncingDictionary dictionary, DataSplit split, Examples training)
    {
        string tooLong = dictionary.TooLong == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $", {dictionary.TooLong:N0} left out: more than {Vocabulary.Letters.Most} letters or phonemes");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Data:  {(options.Data is { } path ? $"'{path}'" : "every eleventh word of CMUdict")}
                   {split.Training.Length:N0} words in {training.Count:N0} pronunciations to train on
                   {split.HeldOut.Length:N0} words held out{tooLong}
            Model: {Pronouncer.ParameterCount:N0} parameters, {model.Target} instructions
                   {options.Threads} threads, seed {options.Seed}
            """));
    }

    private int Conclude(ErrorRates rates)
    {
        Console.WriteLine(TrainingBar.IsPossible
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"With a beam of {Pronunciations.BeamSize} {rates.Words:P1} of the words that were held out are wrong, "
                + $"and {rates.Phonemes:P1} of their phonemes.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"beam_word_error_rate={rates.Words:F4} beam_phoneme_error_rate={rates.Phonemes:F4}"));

        // The sample's own promise, for the words that come with it.
        double promised = options.Epochs < CommandLine.DefaultEpochs ? 0.95 : 0.55;
        if (options.Data is not null || rates.Words <= promised)
        {
            return ExitCode.Success;
        }

        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"error: The model has not learnt: its word error rate is {rates.Words:F4}, above {promised}."));
        return ExitCode.Failure;
    }
}
