using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using RnnGen.Kernels;

namespace RnnGen.Benchmarks.Commands;

/// <summary><c>micro</c>: BenchmarkDotNet over the parts.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var arguments = new Argument<string[]>("arguments")
        {
            Description = "BenchmarkDotNet's own, for instance --filter '*Team*'",
        };
        Option<SimdTarget?> simd = SimdOption.Create();
        var command = new Command("micro", "Runs BenchmarkDotNet over the parts of RnnGen.")
        {
            arguments, simd,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(result => HeldProcess.Run(
            result.GetValue(simd), () => Run([.. result.GetValue(arguments)!, .. result.UnmatchedTokens])));
        return command;
    }

    private static int Run(string[] arguments)
    {
        // In this process: a project of its own for each benchmark would compile all the models again.
        IConfig config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithId("InProcess"));
        BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(arguments, config);
        return 0;
    }
}
