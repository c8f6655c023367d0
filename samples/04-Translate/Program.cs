using Samples;

namespace TranslateSample;

internal static class Program
{
    public static int Main(string[] arguments) => SampleCommand.Run(
        () => CommandLine.Parse(arguments) is { } options ? Run(options) : ExitCode.Success);

    private static int Run(SampleOptions options)
    {
        (SentenceTranslator? translator, int exitCode) =
            options.Weights is { } path ? (ModelFile.Load(path), ExitCode.Success) : Train(options);
        if (translator is not null)
        {
            Translate(new Dialogue(translator, options.Beam));
        }

        return exitCode;
    }

    private static void Translate(Dialogue dialogue)
    {
        if (Console.IsInputRedirected)
        {
            dialogue.Run(Console.In, Console.Out, prompt: "");
            return;
        }

        Console.WriteLine("Type short English sentences, such as 'Where are you from?'. Ctrl+C ends.");
        dialogue.Run(Console.In, Console.Out, prompt: "> ");
        Console.WriteLine();
    }

    // The signal is caught during training only: whoever waits for a line ends at once.
    private static (SentenceTranslator? Translator, int ExitCode) Train(SampleOptions options)
    {
        using var stop = new StopSignal();
        return new TranslationTraining(options).Run(stop.Token);
    }
}
