using System.Diagnostics;
using RnnGen.Kernels;

namespace RnnGen.Benchmarks.Commands;

/// <summary>
/// A process held to a target's instructions: RnnGen, the JIT, and libtorch as far as it can be. All of them decide by
/// the environment when the process starts. ONNX Runtime asks the processor alone and cannot be held to anything.
/// </summary>
internal static class HeldProcess
{
    // Targets below AVX2 run as on a processor without it.
    private static readonly (string Variable, string? Avx2, string? Below)[] Limits =
    [
        ("DOTNET_EnableAVX512", "0", "0"),
        ("DOTNET_EnableAVX2", null, "0"),
        // libtorch: its LSTMs, its own loops, its matrix products.
        ("ONEDNN_MAX_CPU_ISA", "AVX2", "AVX"),
        ("ATEN_CPU_CAPABILITY", "avx2", "default"),
        ("MKL_ENABLE_INSTRUCTIONS", "AVX2", "AVX"),
    ];

    /// <summary>Runs a command here if this process is held to a target, else in another, which prints here.</summary>
    /// <param name="target">The target; null for whatever this process has.</param>
    /// <param name="command">The command, which gives its exit code.</param>
    /// <returns>The exit code.</returns>
    public static int Run(SimdTarget? target, Func<int> command)
    {
        if (target is not { } wanted)
        {
            return command();
        }

        if (Variables(wanted).Any(pair => Environment.GetEnvironmentVariable(pair.Key) != pair.Value))
        {
            ProcessStartInfo again = ChildProcess.ThisProgram(Environment.GetCommandLineArgs()[1..]);
            Hold(again, wanted);
            return ChildProcess.Run(again);
        }

        return SimdTargets.Best == wanted
            ? command()
            : throw new InvalidOperationException($"{wanted} is asked for, but the runtime gives {SimdTargets.Best}.");
    }

    /// <summary>Has a process that is going to start held to a target.</summary>
    public static void Hold(ProcessStartInfo start, SimdTarget target)
    {
        foreach ((string variable, string value) in Variables(target))
        {
            start.Environment[variable] = value;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Variables(SimdTarget target)
    {
        yield return new("RNNGEN_SIMD", target.ToString().ToLowerInvariant());
        foreach ((string variable, string? avx2, string? below) in Limits)
        {
            string? value = target switch
            {
                SimdTarget.Avx512 => null,
                SimdTarget.Avx2 => avx2,
                _ => below,
            };
            if (value is not null)
            {
                yield return new(variable, value);
            }
        }
    }
}
