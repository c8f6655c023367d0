using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using RnnGen.Benchmarks.Timing;

namespace RnnGen.Benchmarks.Commands;

/// <summary><c>aot</c>: the steps of a program published by NativeAOT against the same program's by the JIT.</summary>
internal static class AotCommand
{
    public static Command Create()
    {
        Option<FileInfo> program = ProgramOption.Create(
            "--program", "tests/RnnGen.Benchmarks.Startup, published with -p:Aot=true");
        Option<FileInfo> jit = ProgramOption.Create("--jit", "The same program's dll, built without");
        var runs = new Option<int>("--runs")
        {
            Description = "How often to run each, in turns",
            HelpName = "N",
            DefaultValueFactory = _ => 11,
        };
        var command = new Command("aot", "Compares the published program's steps with the JIT's.")
        {
            program, jit, runs,
        };
        command.SetAction(result => Run(
            result.GetValue(program)!.FullName, result.GetValue(jit)!.FullName, Math.Max(1, result.GetValue(runs))));
        return command;
    }

    private static void Run(string program, string jit, int runs)
    {
        var published = new ProcessStartInfo(program);
        StartupReport first = Once(published);
        var compiled = new ProcessStartInfo("dotnet", [jit]);
        if (first.Simd != "Avx512")
        {
            // The target alone would not do: on such a processor the JIT gives narrower vectors 32 registers, too.
            compiled.Environment["DOTNET_EnableAVX512"] = "0";
        }

        string simd = Once(compiled).Simd;
        if (simd != first.Simd)
        {
            throw new InvalidOperationException(
                $"The published program runs {first.Simd}, the JIT {simd}: they cannot be compared.");
        }

        var ours = new List<StartupReport>();
        var theirs = new List<StartupReport>();
        for (int run = 0; run < runs; run++)
        {
            ours.Add(Once(published));
            theirs.Add(Once(compiled));
        }

        foreach (string measured in first.Microseconds.Keys)
        {
            double aot = Median(ours, measured);
            double peer = Median(theirs, measured);
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"case=aot/{measured} peer=jit ours_us={aot:0.####} peer_us={peer:0.####} ratio={peer / aot:f3} "
                + $"simd={first.Simd}"));
        }
    }

    private static double Median(IEnumerable<StartupReport> reports, string measured) =>
        Statistics.Median(reports.Select(report => report.Microseconds[measured]));

    private static StartupReport Once(ProcessStartInfo start) => StartupReport.Parse(ChildProcess.OutputOf(start));
}
