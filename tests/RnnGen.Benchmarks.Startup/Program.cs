using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen.Benchmarks.Startup;

/// <summary>
/// Prints how soon after its start it has a first result, and how fast its steps are: published by NativeAOT and run
/// by the JIT, it tells the two apart.
/// </summary>
internal static class Program
{
    /// <param name="arguments"><c>first</c> ends the program after the first result.</param>
    public static void Main(string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        var model = new Lstm16X32(seed: 1);
        using Lstm16X32.State state = model.CreateState();
        float[] features = new float[Lstm16X32.InputSize];
        model.Step(features, state);
        double first = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        string compiler = RuntimeFeature.IsDynamicCodeSupported ? "jit" : "aot";
        Print($"first_result_us={first:f1} compiler={compiler} simd={SimdTargets.Best}");
        if (arguments is ["first", ..])
        {
            return;
        }

        Print($"step=1x8 us={Step1X8():f4}");
        Print($"step=16x32 us={StepTimer.Measure(() => model.Step(features, state)):f4}");
        Print($"step=64x64 us={Step64X64():f4}");
        Print($"step=128x128 us={Step128X128():f4}");
    }

    private static double Step1X8()
    {
        var model = new Lstm1X8(seed: 1);
        using Lstm1X8.State state = model.CreateState();
        float[] features = [0.5f];
        return StepTimer.Measure(() => model.Step(features, state));
    }

    private static double Step64X64()
    {
        var model = new Lstm64X64(seed: 1);
        using Lstm64X64.State state = model.CreateState();
        float[] features = new float[Lstm64X64.InputSize];
        return StepTimer.Measure(() => model.Step(features, state));
    }

    private static double Step128X128()
    {
        var model = new Lstm128X128(seed: 1);
        using Lstm128X128.State state = model.CreateState();
        float[] features = new float[Lstm128X128.InputSize];
        return StepTimer.Measure(() => model.Step(features, state));
    }

    private static void Print(FormattableString line) =>
        Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
