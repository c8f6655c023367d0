using System.Diagnostics;

namespace RnnGen.Benchmarks.Startup;

/// <summary>Microseconds a step, by the same words under the JIT and under NativeAOT.</summary>
internal static class StepTimer
{
    private const int Blocks = 15;
    private const double WarmUpMilliseconds = 400;
    private const double BlockMilliseconds = 20;

    /// <summary>The median of some blocks.</summary>
    /// <param name="step">One step.</param>
    public static double Measure(Action step)
    {
        int calls = 1;
        double microseconds = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmUpMilliseconds)
        {
            microseconds = Time(step, calls);
            calls = (int)Math.Max(1, 1000 * BlockMilliseconds / microseconds);
        }

        var times = new double[Blocks];
        for (int i = 0; i < Blocks; i++)
        {
            times[i] = Time(step, calls);
        }

        Array.Sort(times);
        return times[Blocks / 2];
    }

    private static double Time(Action step, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            step();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }
}
