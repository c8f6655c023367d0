using System.CommandLine;
using System.Globalization;
using System.Numerics;
using System.Text;
using RnnGen.Training;

namespace Samples;

/// <summary>What the command lines of all samples have in common.</summary>
internal static class SampleCommand
{
    /// <summary>Runs a sample; what its user has done wrong becomes one line on standard error.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(Func<int> sample)
    {
        try
        {
            if (!Console.IsOutputRedirected)
            {
                Console.OutputEncoding = Encoding.UTF8;
            }

            return sample();
        }
        catch (Exception exception) when (exception
            is InputException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {exception.Message.ReplaceLineEndings(" ")}");
            return ExitCode.BadInput;
        }
    }

    /// <summary>Reads a command line.</summary>
    /// <returns>What it says; null when help was asked for and has been printed.</returns>
    /// <exception cref="InputException">An option is unknown, lacks its value or is outside its range.</exception>
    public static ParseResult? Parse(RootCommand command, string[] arguments)
    {
        // A text may well start with '@'.
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

        return result;
    }

    /// <summary>The option for the threads to train on.</summary>
    public static Option<int> Threads() => Number(
        "--threads",
        "Threads to train on; the weights do not depend on it",
        Math.Min(Environment.ProcessorCount, WorkerTeam.MaxWorkers),
        1,
        WorkerTeam.MaxWorkers);

    /// <summary>The option for where weights are saved, a file beside the program unless told.</summary>
    public static Option<string> Output(string fallback) => new("--output")
    {
        Description = "Where to save the weights",
        HelpName = "FILE",
        DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, fallback),
    };

    /// <summary>An option that is a number in a range.</summary>
    public static Option<T> Number<T>(string name, string description, T fallback, T least, T most)
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

    /// <summary>The weights that an option asks to use without training, or null to train.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="use">The option, whose file may be left out.</param>
    /// <param name="output">The file then.</param>
    /// <param name="ofTrainingOnly">What would be silently without effect beside it.</param>
    /// <exception cref="InputException">One of these was given, too.</exception>
    public static string? Weights(
        ParseResult result, Option<string?> use, Option<string> output, params Option[] ofTrainingOnly)
    {
        if (!IsGiven(result, use))
        {
            return null;
        }

        Option? idle = Array.Find(ofTrainingOnly, option => IsGiven(result, option));
        return idle is null
            ? result.GetValue(use) ?? result.GetRequiredValue(output)
            : throw new InputException($"{idle.Name} is for training, and {use.Name} does not train.");
    }

    private static bool IsGiven(ParseResult result, Option option) =>
        result.GetResult(option) is { Implicit: false };
}
