using System.CommandLine;
using Samples;

namespace PronounceSample;

/// <summary>The options of the command line: their names, ranges and defaults.</summary>
internal static class CommandLine
{
    public const int DefaultEpochs = 15;

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "A dictionary to learn, in the form of CMUdict [default: every eleventh word of CMUdict]",
        HelpName = "FILE",
    };

    private static readonly Option<int> Epochs = SampleCommand.Number(
        "--epochs", "How often to go through the dictionary", DefaultEpochs, 1, 1_000_000);

    private static readonly Option<int> Threads = SampleCommand.Threads();

    private static readonly Option<ulong> Seed = SampleCommand.Number<ulong>(
        "--seed", "Equal seeds hold out the same words and give equal weights", 1, 0, ulong.MaxValue);

    private static readonly Option<double> LearningRate = SampleCommand.Number(
        "--learning-rate", "Learning rate of the first step; it falls to 1e-5 at the last", 1e-3, 1e-5, 1e38);

    private static readonly Option<string> Output = SampleCommand.Output("pronounce.safetensors");

    private static readonly Option<string?> Pronounce = new("--pronounce")
    {
        Description = "Do not train: load these weights, by default those of --output, and pronounce",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int> Best = SampleCommand.Number(
        "--best", "Pronunciations for each word that is typed", 3, 1, Pronunciations.BeamSize);

    private static readonly Option<string?> Attention = new("--attention")
    {
        Description = "Draw which letters each phoneme attended to, of the word typed last, as an SVG",
        HelpName = "FILE.svg",
    };

    /// <summary>Reads the command line.</summary>
    /// <returns>The options; null when help was asked for and has been printed.</returns>
    /// <exception cref="InputException">An option is unknown, lacks its value or is outside its range.</exception>
    public static SampleOptions? Parse(string[] arguments)
    {
        var command = new RootCommand("Learns to pronounce English words.")
        {
            Data, Epochs, Threads, Seed, LearningRate, Output, Pronounce, Best, Attention,
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
        Output = result.GetRequiredValue(Output),
        Weights = SampleCommand.Weights(
            result, Pronounce, Output, Data, Epochs, Threads, Seed, LearningRate),
        Best = result.GetValue(Best),
        Attention = Picture(result.GetValue(Attention)),
    };

    private static string? Picture(string? path) =>
        path is null || path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)
            ? path
            : throw new InputException($"--attention is '{path}'; it must be the name of an SVG file, 'NAME.svg'.");
}
