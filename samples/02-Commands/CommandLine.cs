using System.CommandLine;
using Samples;

namespace CommandSample;

/// <summary>The options of the command line: their names, ranges and defaults.</summary>
internal static class CommandLine
{
    /// <summary>With the grammar's commands 83,640 examples; the paper's models had seen 100,000.</summary>
    public const int DefaultEpochs = 5;

    private const string ByLength = "length";
    private const string Simple = "simple";

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Lines of 'IN: words OUT: actions' to learn [default: all commands of the grammar]",
        HelpName = "FILE",
    };

    private static readonly Option<string> Split = new Option<string>("--split")
    {
        Description = "What is held out: any 20 %, or all commands of more than 22 actions",
        DefaultValueFactory = _ => Simple,
    }.AcceptOnlyFromAmong(Simple, ByLength);

    private static readonly Option<int> Epochs = SampleCommand.Number(
        "--epochs", "How often to go through the commands", DefaultEpochs, 1, 1_000_000);

    private static readonly Option<int> Threads = SampleCommand.Threads();

    private static readonly Option<ulong> Seed = SampleCommand.Number<ulong>(
        "--seed", "Equal seeds hold out the same commands and give equal weights", 1, 0, ulong.MaxValue);

    private static readonly Option<double> LearningRate = SampleCommand.Number(
        "--learning-rate", "Learning rate of the first step; it falls to 3e-5 at the last", 2e-3, 3e-5, 1e38);

    private static readonly Option<string> Output = SampleCommand.Output("commands.safetensors");

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
        var command = new RootCommand("Learns to translate commands to actions.")
        {
            Data, Split, Epochs, Threads, Seed, LearningRate, Output, Translate,
        };
        return SampleCommand.Parse(command, arguments) is { } result ? Read(result) : null;
    }

    private static SampleOptions Read(ParseResult result) => new()
    {
        Data = result.GetValue(Data),
        IsSplitByLength = result.GetRequiredValue(Split) == ByLength,
        Epochs = result.GetValue(Epochs),
        Threads = result.GetValue(Threads),
        Seed = result.GetValue(Seed),
        LearningRate = result.GetValue(LearningRate),
        Output = result.GetRequiredValue(Output),
        Weights = SampleCommand.Weights(
            result, Translate, Output, Data, Split, Epochs, Threads, Seed, LearningRate),
    };
}
