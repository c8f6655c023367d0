using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Kernels;
using RnnGen.TargetCheck.Checks;
using RnnGen.TargetCheck.Models;

namespace RnnGen.TargetCheck;

/// <summary>
/// Checks the emitted code of every target that the running processor has, in a line a target and model, and ends with
/// exit code 1 where something is wrong. It needs no test framework, so it also runs where none does. With
/// <c>--stride N</c> it checks the activations alone, at every N-th single number: at all of them with 1.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        uint stride = FunctionCheck.Stride;
        if (arguments.Length > 0
            && (arguments is not ["--stride", string text] || !uint.TryParse(text, out stride) || stride == 0))
        {
            Console.Error.WriteLine($"'{string.Join(' ', arguments)}' is not '--stride N' with N from 1 on.");
            return 2;
        }

        SimdTarget[] targets = [.. Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported)];
        string compiler = RuntimeFeature.IsDynamicCodeSupported ? "jit" : "aot";
        Console.WriteLine(
            $"processor={RuntimeInformation.ProcessArchitecture} compiler={compiler}"
            + $" targets={string.Join(',', targets)} best={SimdTargets.Best}");
        ModelCheck[] models = arguments.Length > 0 ? [] : [.. SingleCatalog.All, .. DoubleCatalog.All];
        IEnumerable<ReportLine> lines = targets.SelectMany(
            target => models.Select(model => model.Run(target))
                .Concat(FunctionCheck.Of(target).Select(function => function.Run(target, stride))));
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
