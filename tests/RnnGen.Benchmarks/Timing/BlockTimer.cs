using System.Diagnostics;

namespace RnnGen.Benchmarks.Timing;

/// <summary>The one clock of this program: blocks of calls, long enough to be timed.</summary>
internal static class BlockTimer
{
    // The JIT replaces a method after 30 calls by one that counts its branches, and that after 30 more by its last.
    private const int LeastWarmUpCalls = 64;

    /// <summary>Microseconds a call, over one block.</summary>
    public static double Time(Action<int> run, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        run(calls);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }

    /// <summary>
    /// Warms up for a while, so that the JIT has done all that it will do, and tells how many calls make a block.
    /// </summary>
    /// <param name="run">What is going to be timed.</param>
    /// <param name="warmUpMilliseconds">The least time to run before; 65 calls are made in any case.</param>
    /// <param name="blockMilliseconds">How long a block is to take.</param>
    public static int CallsPerBlock(Action<int> run, double warmUpMilliseconds, double blockMilliseconds)
    {
        long start = Stopwatch.GetTimestamp();
        run(1);
        int calls = 1;
        int made = 0;
        double microseconds;
        do
        {
            microseconds = Time(run, calls);
            made += calls;
            if (microseconds * calls < 500 * blockMilliseconds)
            {
                calls *= 2;
            }
        }
        while (made < LeastWarmUpCalls || Stopwatch.GetElapsedTime(start).TotalMilliseconds < warmUpMilliseconds);

        return (int)Math.Clamp(Math.Round(1000 * blockMilliseconds / microseconds), 1, int.MaxValue);
    }
}
