using System.Runtime.CompilerServices;
using RnnGen.Benchmarks.Timing;

namespace RnnGen.Benchmarks.Machine;

/// <summary>
/// The clock of a core, by sums that wait for one another: each takes a cycle on any processor of today. It makes
/// cycles of times where no counters are.
/// </summary>
internal static class ClockSpeed
{
    private const int SumsPerTurn = 8;
    private const int Turns = 500_000;
    private const int Blocks = 7;

    private static ulong _sink;

    /// <summary>GHz: the best of some short blocks.</summary>
    public static double Measure()
    {
        Run(1);
        double best = Enumerable.Range(0, Blocks).Min(_ => BlockTimer.Time(Run, 1));
        return SumsPerTurn * Turns / best / 1000;
    }

    // What is added is not known when this is compiled, or the sums would become one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(int calls)
    {
        ulong sum = Volatile.Read(ref _sink);
        ulong x = sum | 1;
        ulong y = sum | 2;
        for (int turn = 0; turn < calls * Turns; turn++)
        {
            sum += x;
            sum ^= y;
            sum += x;
            sum ^= y;
            sum += x;
            sum ^= y;
            sum += x;
            sum ^= y;
        }

        Volatile.Write(ref _sink, sum);
    }
}
