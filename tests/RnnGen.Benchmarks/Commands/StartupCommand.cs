using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using RnnGen.Benchmarks.Timing;

namespace RnnGen.Benchmarks.Commands;

/// <summary><c>startup</c>: starts a published program again and again.</summary>
internal static class StartupCommand
{
    public static Command Create()
    {
        Option<FileInfo> program = ProgramOption.Create("--program", "A published tests/RnnGen.Benchmarks.Startup");
        var runs = new Option<int>("--runs")
        {
            Description = "How often to start it",
            HelpName = "N",
            DefaultValueFactory = _ => 21,
        };
        var command = new Command("startup", "Measures how long a program takes from its start to its end.")
        {
            program, runs,
        };
        command.SetAction(result => Run(result.GetValue(program)!, Math.Max(1, result.GetValue(runs))));
        return command;
    }

    private static void Run(FileInfo program, int runs)
    {
        double median = Statistics.Median(Enumerable.Range(0, runs).Select(_ => Once(program)));
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"startup program={program.Name} runs={runs} median_ms={median:f2} file_mb={program.Length / 1e6:f2}"));
    }

    // With "first" the program ends as soon as it has its first result.
    private static double Once(FileInfo program)
    {
        long before = Stopwatch.GetTimestamp();
        ChildProcess.OutputOf(new ProcessStartInfo(program.FullName, "first"));
        return Stopwatch.GetElapsedTime(before).TotalMilliseconds;
    }
}
