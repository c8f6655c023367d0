using System.CommandLine;
using Samples;

namespace CharacterSample;

/// <summary>The options of the command line: their names, ranges and defaults.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> Text = new("--text")
    {
        Description = "UTF-8 text to learn [default: the C# sources of this repository]",
        HelpName = "FILE",
    };

    private static readonly Option<int> Epochs =
        SampleCommand.Number("--epochs", "How often to go through the text", 5, 1, 1_000_000);

    private static readonly Option<int> Threads = SampleCommand.Threads();

    private static readonly Option<ulong> Seed = SampleCommand.Number<ulong>(
        "--seed", "Equal seeds give equal weights and equal passages", 1, 0, ulong.MaxValue);

    private static readonly Option<double> LearningRate = SampleCommand.Number(
        "--learning-rate", "Learning rate of the first step; it falls to 1e-4 at the last", 2e-3, 1e-4, 1e38);

    private static readonly Option<string> Output = SampleCommand.Output("character.safetensors");

    private static readonly Option<string?> Generate = new("--generate")
    {
        Description = "Do not train: load these weights, by default those of --output, and write a passage",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Prompt = new("--prompt")
    {
        Description = "Text for the passage to go on from",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<double> Temperature = SampleCommand.Number(
        "--temperature", "Low keeps to likely characters, high dares more", 0.8, 0.0, 100.0);

    private static readonly Option<int> Length =
        SampleCommand.Number("--length", "Characters of the passage", 500, 1, int.MaxValue);

    /// <summary>Reads the command line.</summary>
    /// <returns>The options; null when help was asked for and has been printed.</returns>
    /// <exception cref="InputException">An option is unknown, lacks its value or is outside its range.</exception>
    public static SampleOptions? Parse(string[] arguments)
    {
        var command = new RootCommand("Learns to write a text, character by character.")
        {
            Text, Epochs, Threads, Seed, LearningRate, Output, Generate, Prompt, Temperature, Length,
        };
        return SampleCommand.Parse(command, arguments) is { } result ? Read(result) : null;
    }

    private static SampleOptions Read(ParseResult result) => new()
    {
        Text = result.GetValue(Text),
        Epochs = result.GetValue(Epochs),
        Threads = result.GetValue(Threads),
        Seed = result.GetValue(Seed),
        LearningRate = result.GetValue(LearningRate),
        Output = result.GetRequiredValue(Output),
        Weights = SampleCommand.Weights(result, Generate, Output, Text, Epochs, LearningRate),
        Temperature = result.GetValue(Temperature),
        Length = result.GetValue(Length),
        Prompt = result.GetRequiredValue(Prompt),
    };
}
