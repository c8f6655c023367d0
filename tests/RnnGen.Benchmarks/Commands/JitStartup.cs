using System.Diagnostics;
using System.Globalization;
using RnnGen.Benchmarks.Timing;

namespace RnnGen.Benchmarks.Commands;

/// <summary>How long a new process of this program takes to its first result, the JIT's work included.</summary>
internal static class JitStartup
{
    public const string Name = "startup/lstm/16x32/jit";

    private const int Runs = 11;

    public static void Run()
    {
        var process = new double[Runs];
        var model = new double[Runs];
        for (int i = 0; i < Runs; i++)
        {
            (process[i], model[i]) = Once();
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"case={Name} peer=none process_to_result_ms={Statistics.Median(process):f1} "
            + $"model_to_result_ms={Statistics.Median(model):f2}"));
    }

    private static (double Process, double Model) Once()
    {
        ProcessStartInfo start = ChildProcess.ThisProgram(FirstResultCommand.Name);
        long before = Stopwatch.GetTimestamp();
        FirstResult result = FirstResult.Parse(ChildProcess.OutputOf(start).Trim());
        return (Stopwatch.GetElapsedTime(before, result.Clock).TotalMilliseconds, result.ModelMicroseconds / 1000);
    }
}
