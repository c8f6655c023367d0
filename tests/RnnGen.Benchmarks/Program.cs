using System.CommandLine;
using RnnGen.Benchmarks.Commands;

namespace RnnGen.Benchmarks;

internal static class Program
{
    public static int Main(string[] arguments)
    {
        var root = new RootCommand("Measures RnnGen, alone and beside its peers.")
        {
            CompareCommand.Create(),
            MicroCommand.Create(),
            StartupCommand.Create(),
            AotCommand.Create(),
            PronounceCommand.Create(),
            InspectCommand.Create(),
            RunCommand.Create(),
            FirstResultCommand.Create(),
        };
        return root.Parse(arguments).Invoke();
    }
}
