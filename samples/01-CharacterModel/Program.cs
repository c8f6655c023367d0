using Samples;

namespace CharacterSample;

internal static class Program
{
    public static int Main(string[] arguments) => SampleCommand.Run(
        () => CommandLine.Parse(arguments) is { } options ? Run(options) : ExitCode.Success);

    private static int Run(SampleOptions options)
    {
        using var stop = new StopSignal();
        if (options.Weights is null)
        {
            return new CharacterTraining(options).Run(stop.Token);
        }

        (CharacterModel model, Vocabulary vocabulary) = ModelFile.Load(options.Weights);
        new Writer(model, vocabulary, options).Write(Console.Out, stop.Token);
        return stop.Token.IsCancellationRequested ? ExitCode.Stopped : ExitCode.Success;
    }
}
