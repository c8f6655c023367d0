using Samples;

namespace PronounceSample;

internal static class Program
{
    public static int Main(string[] arguments) => SampleCommand.Run(
        () => CommandLine.Parse(arguments) is { } options ? Run(options) : ExitCode.Success);

    private static int Run(SampleOptions options)
    {
        if (options.Attention is { } picture)
        {
            OutputFile.CheckWritable(picture, "The picture");
        }

        (Pronouncer? model, int exitCode) = options.Weights is { } path ? (Load(path), 0) : Train(options);
        if (model is not null)
        {
            Pronounce(model, options);
        }

        return exitCode;
    }

    private static void Pronounce(Pronouncer model, SampleOptions options)
    {
        var dialogue = new Dialogue(model, options.Best, options.Attention);
        if (Console.IsInputRedirected)
        {
            dialogue.Run(Console.In, Console.Out, prompt: "");
            return;
        }

        Console.WriteLine("Type words, such as 'phonograph'. Ctrl+C ends.");
        dialogue.Run(Console.In, Console.Out, prompt: "> ");
        Console.WriteLine();
    }

    // The signal is caught during training only: whoever waits for a line ends at once.
    private static (Pronouncer? Model, int ExitCode) Train(SampleOptions options)
    {
        using var stop = new StopSignal();
        return new PronounceTraining(options).Run(stop.Token);
    }

    private static Pronouncer Load(string path) => File.Exists(path)
        ? Pronouncer.Load(path)
        : throw new InputException($"There are no weights '{path}': train first.");
}
