using System.CommandLine;

namespace RnnGen.Benchmarks.Commands;

/// <summary><c>first-result</c>: what this program runs of itself to see how fast it starts.</summary>
internal static class FirstResultCommand
{
    public const string Name = "first-result";

    public static Command Create()
    {
        var command = new Command(Name, "Prints when the first step's result was there.") { Hidden = true };
        command.SetAction(_ => Console.Out.WriteLine(FirstResult.Measure()));
        return command;
    }
}
