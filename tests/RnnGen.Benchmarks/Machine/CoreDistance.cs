using System.Runtime.CompilerServices;
using RnnGen.Benchmarks.Timing;

namespace RnnGen.Benchmarks.Machine;

/// <summary>
/// How long a number takes from one thread's core to another's, wherever the system has put the two: some tens of
/// nanoseconds where they share a cache, hundreds where they do not. A virtual machine's cores move between such
/// places, and threads that share work feel it.
/// </summary>
internal sealed class CoreDistance
{
    private const int Turns = 2_000;
    private const int Blocks = 15;

    // Two cache lines on either side: nothing else may travel with the number.
    private readonly long[] _line = new long[64];

    private ref long Number => ref _line[32];

    /// <summary>Nanoseconds one way, the median of some blocks; null on a machine with one core.</summary>
    public double? Measure()
    {
        if (Environment.ProcessorCount == 1)
        {
            return null;
        }

        Volatile.Write(ref Number, 0);
        var other = new Thread(Answer) { IsBackground = true, Name = "Core distance" };
        other.Start();
        double median = Statistics.Median(
            Enumerable.Range(0, Blocks).Select(block => BlockTimer.Time(turns => Ask(block * turns, turns), Turns)));
        other.Join();
        return 1000 * median / 2;
    }

    // Even numbers are this thread's to raise, odd ones the other's. Both are compiled fully at once: a measurement is
    // over before the JIT would do so.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Ask(int before, int turns)
    {
        for (long number = 2 * before; number < 2 * (before + turns); number += 2)
        {
            Volatile.Write(ref Number, number + 1);
            Await(number + 2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Answer()
    {
        for (long number = 1; number < 2 * Turns * Blocks; number += 2)
        {
            Await(number);
            Volatile.Write(ref Number, number + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Await(long number)
    {
        while (Volatile.Read(ref Number) != number)
        {
        }
    }
}
