using System.CommandLine;
using Samples;

namespace TranslateSample;

/// <summary>The options of the command line: their names, ranges and defaults.</summary>
internal static class CommandLine
{
    public const int DefaultEpochs = 10;

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Lines of 'english<TAB>french' to learn [default: short sentences of frequent words]",
        HelpName = "FILE",
    };

    private static readonly Option<int> Epochs = SampleCommand.Number(
        "--epochs", "How often to go through the sentences", DefaultEpochs, 1, 1_000_000);

    private static readonly Option<int> Threads = SampleCommand.Threads();

    private static readonly Option<ulong> Seed = SampleCommand.Number<ulong>(
        "--seed", "Equal seeds hold out the same sentences and give equal weights", 1, 0, ulong.MaxValue);

    private static readonly Option<double> LearningRate = SampleCommand.Number(
        "--learning-rate", "Learning rate of the first step; it falls to 1e-4 at the last", 2e-3, 1e-4, 1e38);

    private static readonly Option<int> Beam = SampleCommand.Number(
        "--beam", "Hypotheses to follow at the same time after the training; 1 is greedy search", 5, 1,
        SentenceModel.Batch);

    private static readonly Option<string> Output = SampleCommand.Output("translate.safetensors");

    private static readonly Option<string?> Translate = new("--translate")
    {
        Description = "Do not train: load these weights, by default those of --output, and translate",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Reads the command line.</summary>
    /// <returns>The options; null when help was asked for and has been printed.</returns>
    /// <exception cref="InputException">An option is unknown, lacks its value or is outside its range.</exception>
    public static SampleOptions? Parse(string[] arguments)
    {
        var command = new RootCommand("Learns to translate short English sentences to French.")
        {
            Data, Epochs, Threads, Seed, LearningRate, Beam, Output, Translate,
        };
        return SampleCommand.Parse(command, arguments) is { } result ? Read(result) : null;
    }

    private static SampleOptions Read(ParseResult result) => new()
    {
        Data = result.GetValue(Data),
        Epochs = result.GetValue(Epochs),
        Threads = result.GetValue(Threads),
        Seed = result.GetValue(Seed),
        LearningRate = result.GetValue(LearningRate),
        Beam = result.GetValue(Beam),
        Output = result.GetRequiredValue(Output),
        Weights = SampleCommand.Weights(result, Translate, Output, Data, Epochs, Threads, Seed, LearningRate),
    };
}
