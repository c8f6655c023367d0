using System.CommandLine;
using RnnGen.Benchmarks.Cases;
using RnnGen.Benchmarks.Peers;
using RnnGen.Kernels;

namespace RnnGen.Benchmarks.Commands;

/// <summary><c>compare</c>: RnnGen and its peers in turns, one line a case and peer.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var filter = new Option<string>("--filter")
        {
            Description = "Only cases whose name contains this",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "",
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = "About how long to time a case with each peer, warming up aside; at least 11 rounds",
            HelpName = "S",
            DefaultValueFactory = _ => 2,
        };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < 3600))
            {
                result.AddError("--seconds is above 0 and below 3600.");
            }
        });
        var rtNeural = new Option<FileInfo[]>("--rtneural")
        {
            Description = "Libraries of RTNeural, as tests/README.md describes them, each a peer of its own",
            HelpName = "LIBRARY",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        rtNeural.AcceptExistingOnly();
        Option<SimdTarget?> simd = SimdOption.Create();

        var command = new Command("compare", "Runs RnnGen and its peers in turns and prints a line for each case.")
        {
            filter, seconds, rtNeural, simd,
        };
        command.SetAction(result => HeldProcess.Run(
            result.GetValue(simd),
            () => Run(
                result.GetValue(filter)!,
                result.GetValue(seconds),
                [.. result.GetValue(rtNeural)!.Select(file => file.FullName)])));
        return command;
    }

    private static int Run(string filter, double seconds, string[] rtNeural)
    {
        BenchmarkCase[] cases =
            [.. CaseTable.All.Where(one => one.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        using var comparison = new Comparison(PeerTable.Create(rtNeural), seconds);
        foreach (BenchmarkCase one in cases)
        {
            comparison.Run(one);
        }

        if (JitStartup.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
        {
            JitStartup.Run();
        }

        return comparison.AllAgreed ? 0 : 1;
    }
}
