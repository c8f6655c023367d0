using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Kernels;
using RnnGen.TargetCheck.Checks;
using RnnGen.TargetCheck.Models;

namespace RnnGen.TargetCheck;

/// <summary>
/// Checks the emitted code of every target that the running processor has, in a line a target and model, and ends with
/// exit code 1 where something is wrong. It needs no test framework, so it also runs where none does.
/// </summary>
internal static class Program
{
    public static int Main()
    {
        SimdTarget[] targets = [.. Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported)];
        string compiler = RuntimeFeature.IsDynamicCodeSupported ? "jit" : "aot";
        Console.WriteLine(
            $"processor={RuntimeInformation.ProcessArchitecture} compiler={compiler}"
            + $" targets={string.Join(',', targets)} best={SimdTargets.Best}");
        ModelCheck[] models = [.. SingleCatalog.All, .. DoubleCatalog.All];
        IEnumerable<ReportLine> lines = targets.SelectMany(
            target => models.Select(model => model.Run(target))
                .Concat(FunctionCheck.Of(target).Select(function => function.Run(target))));
        int failed = 0;
        int passed = 0;
        foreach (ReportLine line in lines)
        {
            Console.WriteLine(line);
            failed += line.IsOk ? 0 : 1;
            passed += line.IsOk ? 1 : 0;
        }

        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
