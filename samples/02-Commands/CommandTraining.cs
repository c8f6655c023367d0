using System.Collections.Immutable;
using System.Globalization;
using RnnGen;
using Samples;

namespace CommandSample;

/// <summary>Trains the model on most of the commands, saves it, and measures it by the others.</summary>
internal sealed class CommandTraining(SampleOptions options)
{
    /// <summary>Trains, saves and checks.</summary>
    /// <returns>The model where it was trained to the end, and an <see cref="ExitCode"/>.</returns>
    public (CommandTranslator? Model, int ExitCode) Run(CancellationToken cancellation)
    {
        OutputFile.CheckWritable(options.Output);
        DataSplit split = Split();
        var training = new Examples(split.Training);
        var heldOut = new Examples(split.HeldOut);
        var model = new CommandTranslator(options.Seed);
        Introduce(model, training, heldOut);

        TrainingReport report = Train(model, training, heldOut, cancellation);
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
                double exactMatch = report.Epochs[^1].Metric(EpochLines.ExactMatch);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{exactMatch:P2} of what was held out is exact. {saved}"));
                return (model, Check(exactMatch));
        }
    }

    private DataSplit Split()
    {
        ImmutableArray<CommandPair> commands =
            options.Data is { } path ? CommandFile.Read(path) : Grammar.Commands();
        return options.IsSplitByLength ? DataSplit.ByLength(commands) : DataSplit.Simple(commands, options.Seed);
    }

    private TrainingReport Train(
        CommandTranslator model, Examples training, Examples heldOut, CancellationToken cancellation)
    {
        using CommandTranslator.Trainer trainer = model.CreateTrainer(new TrainingOptions
        {
            Optimizer = new Adam { LearningRate = options.LearningRate },
            Schedule = new CosineDecay { Final = 3e-5 },
            ClipNorm = 5,
            Threads = options.Threads,
            Seed = options.Seed,
            Metrics = [new ExactMatch { Name = EpochLines.ExactMatch }],

            // As in the paper, the last weights are taken: the best would be chosen by what they are measured by.
            KeepBest = false,
        });
        return TrainingBar.IsPossible ? TrainingBar.Show(Fit) : Fit(null);

        TrainingReport Fit(TrainingBar? bar) => trainer.Fit(
            training.Data, options.Epochs, heldOut.Data, new EpochLines(training, bar), cancellation);
    }

    private string Save(CommandTranslator model, TrainingReport report)
    {
        // What was hardly trained does not replace weights that somebody may want.
        if (report.Epochs.IsEmpty)
        {
            return "Nothing was saved.";
        }

        model.Save(options.Output);
        return $"Saved as {options.Output}.";
    }

    private void Introduce(CommandTranslator model, Examples training, Examples heldOut) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Data:  {(options.Data is { } path ? $"'{path}'" : "all commands of the grammar of SCAN")}
                   {training.Count:N0} to train on, {heldOut.Count:N0} held out
            Model: {CommandTranslator.ParameterCount:N0} parameters, {model.Target} instructions
                   {options.Threads} threads, seed {options.Seed}
            """));

    // The sample's own promise, for the commands that are known to it. What is longer than all that was trained on
    // nobody can promise.
    private int Check(double exactMatch)
    {
        double promised = options.Epochs < CommandLine.DefaultEpochs ? 0.1 : 0.95;
        if (options.Data is not null || options.IsSplitByLength || exactMatch >= promised)
        {
            return ExitCode.Success;
        }

        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"error: The model has not learnt: its exact match is {exactMatch:F4} and should be {promised} or more."));
        return ExitCode.Failure;
    }
}
