using System.Diagnostics;
using System.Globalization;
using RnnGen;
using Samples;

namespace TranslateSample;

/// <summary>Trains the model on most of the sentences, saves it, and measures it by the others.</summary>
internal sealed class TranslationTraining(SampleOptions options)
{
    /// <summary>Trains, saves and checks.</summary>
    /// <returns>The model where it was trained to the end, and an <see cref="ExitCode"/>.</returns>
    public (SentenceTranslator? Translator, int ExitCode) Run(CancellationToken cancellation)
    {
        OutputFile.CheckWritable(options.Output);
        var split = DataSplit.BySource(
            options.Data is { } path ? PairFile.Read(path) : PairFile.ReadDefault(), options.Seed);
        var translator = new SentenceTranslator(
            new SentenceModel(options.Seed),
            Vocabulary.Of(Language.English, split.Training.Select(pair => pair.English)),
            Vocabulary.Of(Language.French, split.Training.Select(pair => pair.French)));
        var training = new Examples(split.Training, translator.English, translator.French);
        var validation = new Examples(split.HeldOut, translator.English, translator.French);
        var heldOut = new HeldOutSentences(split.HeldOut);
        Introduce(split, translator, training, heldOut);

        (TrainingReport report, double bleu) = Train(translator, training, validation, heldOut, cancellation);
        string saved = Save(translator, report);
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
                return MeasureBeam(translator, heldOut, cancellation)
                    ? (translator, Check(bleu))
                    : (null, ExitCode.Stopped);
        }
    }

    private (TrainingReport Report, double Bleu) Train(
        SentenceTranslator translator,
        Examples training,
        Examples validation,
        HeldOutSentences heldOut,
        CancellationToken cancellation)
    {
        using SentenceModel.Trainer trainer = translator.Model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = options.LearningRate },
            Schedule = new CosineDecay { Final = 1e-4 },
            ClipNorm = 1,
            Threads = options.Threads,
            Seed = options.Seed,

            // The last weights are taken: the best would be chosen by what they are measured by.
            KeepBest = false,
        });
        double bleu = 0;
        TrainingReport report = TrainingBar.IsPossible ? TrainingBar.Show(Fit) : Fit(null);
        return (report, bleu);

        TrainingReport Fit(TrainingBar? bar)
        {
            var lines = new EpochLines(translator, heldOut, training.MeanWords, bar);
            TrainingReport report = trainer.Fit(training.Data, options.Epochs, validation.Data, lines, cancellation);
            bleu = lines.Bleu;
            return report;
        }
    }

    private string Save(SentenceTranslator translator, TrainingReport report)
    {
        // What was hardly trained does not replace weights that somebody may want.
        if (report.Epochs.IsEmpty)
        {
            return "Nothing was saved.";
        }

        ModelFile.Save(options.Output, translator);
        return $"Saved as {options.Output}.";
    }

    // False where it was cancelled.
    private bool MeasureBeam(SentenceTranslator translator, HeldOutSentences heldOut, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            double bleu = heldOut.Measure(translator, options.Beam, cancellation);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"beam={options.Beam} beam_bleu={bleu:F2} seconds={Stopwatch.GetElapsedTime(start).TotalSeconds:F1}"));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Introduce(
        DataSplit split, SentenceTranslator translator, Examples training, HeldOutSentences heldOut) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Data:  {(options.Data is { } path ? $"'{path}'" : "short sentences of frequent words")}
                   {split.Sources - heldOut.Count:N0} sentences to train on with {training.Count:N0} translations
                   {heldOut.Count:N0} held out with {split.HeldOut.Length:N0}, {split.TooLong:N0} too long for the model
            Words: {translator.English.Words.Length:N0} English and {translator.French.Words.Length:N0} French ones
                   with tokens of their own, which leaves {training.UnknownShare:P1} of the French text without
            Model: {SentenceModel.ParameterCount:N0} parameters, {translator.Model.Target} instructions
                   {options.Threads} threads, seed {options.Seed}
            """));

    // The sample's own promise, for the sentences that are known to it.
    private int Check(double bleu)
    {
        double promised = options.Epochs < CommandLine.DefaultEpochs ? 0.5 : 30;
        if (options.Data is not null || bleu >= promised)
        {
            return ExitCode.Success;
        }

        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"error: The model has not learnt: its BLEU is {bleu:F2} and should be {promised} or more."));
        return ExitCode.Failure;
    }
}
