using Samples;

namespace CommandSample;

internal static class Program
{
    public static int Main(string[] arguments) => SampleCommand.Run(
        () => CommandLine.Parse(arguments) is { } options ? Run(options) : ExitCode.Success);

    private static int Run(SampleOptions options)
    {
        (CommandTranslator? model, int exitCode) = options.Weights is { } path ? (Load(path), 0) : Train(options);
        if (model is not null)
        {
            Translate(model);
        }

        return exitCode;
    }

    private static void Translate(CommandTranslator model)
    {
        var dialogue = new Dialogue(model);
        if (Console.IsInputRedirected)
        {
            dialogue.Run(Console.In, Console.Out, prompt: "");
            return;
        }

        Console.WriteLine("Type commands, such as 'jump around left twice and walk'. Ctrl+C ends.");
        dialogue.Run(Console.In, Console.Out, prompt: "> ");
        Console.WriteLine();
    }

    // The signal is caught during training only: whoever waits for a line ends at once.
    private static (CommandTranslator? Model, int ExitCode) Train(SampleOptions options)
    {
        using var stop = new StopSignal();
        return new CommandTraining(options).Run(stop.Token);
    }

    private static CommandTranslator Load(string path) => File.Exists(path)
        ? CommandTranslator.Load(path)
        : throw new InputException($"There are no weights '{path}': train first.");
}
