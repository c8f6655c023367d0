using System.CommandLine;
using System.Globalization;
using System.Numerics;
using RnnGen.Training;

namespace CharacterSample;

/// <summary>The options of the command line: their names, ranges and defaults.</summary>
internal static class CommandLine
{
    private static readonly string DefaultOutput = Path.Combine(AppContext.BaseDirectory, "character.safetensors");

    private static readonly Option<string?> Text = new("--text")
    {
        Description = "UTF-8 text to learn [default: the C# sources of this repository]",
        HelpName = "FILE",
    };

    private static readonly Option<int> Epochs =
        Number("--epochs", "How often to go through the text", 5, 1, 1_000_000);

    private static readonly Option<int> Threads = Number(
        "--threads",
        "Threads to train on; the weights do not depend on it",
        Math.Min(Environment.ProcessorCount, WorkerTeam.MaxWorkers),
        1,
        WorkerTeam.MaxWorkers);

    private static readonly Option<ulong> Seed = Number<ulong>(
        "--seed", "Equal seeds give equal weights and equal passages", 1, 0, ulong.MaxValue);

    private static readonly Option<double> LearningRate = Number(
        "--learning-rate", "Learning rate of the first step; it falls to 1e-4 at the last", 2e-3, 1e-4, 1e38);

    private static readonly Option<string> Output = new("--output")
    {
        Description = "Where to save the weights",
        HelpName = "FILE",
        DefaultValueFactory = _ => DefaultOutput,
    };

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

    private static readonly Option<double> Temperature = Number(
        "--temperature", "Low keeps to likely characters, high dares more", 0.8, 0.0, 100.0);

    private static readonly Option<int> Length =
        Number("--length", "Characters of the passage", 500, 1, int.MaxValue);

    // What would be silently without effect beside --generate.
    private static readonly Option[] OfTrainingOnly = [Text, Epochs, LearningRate];

    /// <summary>Reads the command line.</summary>
    /// <returns>The options; null when help was asked for and has been printed.</returns>
    /// <exception cref="InputException">An option is unknown, lacks its value or is outside its range.</exception>
    public static SampleOptions? Parse(string[] arguments)
    {
        var command = new RootCommand("Learns to write a text, character by character.")
        {
            Text, Epochs, Threads, Seed, LearningRate, Output, Generate, Prompt, Temperature, Length,
        };

        // A prompt may well start with '@'.
        ParseResult result = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0)
        {
            throw new InputException(result.Errors[0].Message);
        }

        if (result.Action is not null)
        {
            result.Invoke();
            return null;
        }

        return Read(result);
    }

    private static SampleOptions Read(ParseResult result)
    {
        string output = result.GetRequiredValue(Output);
        return new SampleOptions
        {
            Text = result.GetValue(Text),
            Epochs = result.GetValue(Epochs),
            Threads = result.GetValue(Threads),
            Seed = result.GetValue(Seed),
            LearningRate = result.GetValue(LearningRate),
            Output = output,
            Weights = IsGiven(result, Generate) ? CheckedWeights(result) ?? output : null,
            Temperature = result.GetValue(Temperature),
            Length = result.GetValue(Length),
            Prompt = result.GetRequiredValue(Prompt),
        };
    }

    private static string? CheckedWeights(ParseResult result)
    {
        Option? idle = Array.Find(OfTrainingOnly, option => IsGiven(result, option));
        return idle is null
            ? result.GetValue(Generate)
            : throw new InputException($"{idle.Name} is for training, and --generate does not train.");
    }

    private static bool IsGiven(ParseResult result, Option option) =>
        result.GetResult(option) is { Implicit: false };

    private static Option<T> Number<T>(string name, string description, T fallback, T least, T most)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => fallback,
            CustomParser = argument =>
            {
                string given = argument.Tokens[0].Value;
                if (T.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out T number)
                    && number >= least
                    && number <= most)
                {
                    return number;
                }

                // Half is no number of a type of whole numbers.
                string kind = T.IsInteger(T.One / (T.One + T.One)) ? "whole number" : "number";
                argument.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"{name} is '{given}'; it must be a {kind} from {least} to {most}."));
                return fallback;
            },
        };
}
