using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using RnnGen.Benchmarks.Timing;

namespace RnnGen.Benchmarks.Machine;

/// <summary>
/// The most multiply-adds that one core does: on registers alone, with more sums under way than the instruction's
/// latency times its ports asks for. Without the instruction a product and a sum, as RnnGen's kernels do it.
/// </summary>
internal static class FmaPeak
{
    private const int Sums = 12;
    private const int Repetitions = 1_000_000;
    private const int Blocks = 7;

    // Of two cores a block is longer: they do not start at the same moment.
    private const int BlocksTogether = 4;

    private static float _sink;

    /// <summary>
    /// Bits of the vectors that are measured: the widest of the processor that the environment lets the runtime use.
    /// </summary>
    public static int VectorBits => Avx512F.IsSupported ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>GFLOP/s of one core: the best of some short blocks, a multiply-add counted as two.</summary>
    public static double Measure()
    {
        Kernel(1);
        double best = Enumerable.Range(0, Blocks).Min(_ => BlockTimer.Time(Kernel, 1));
        return Gflops(1, best);
    }

    /// <summary>
    /// GFLOP/s of two cores that do so at the same time: twice one's, unless a virtual machine's two are one core's two
    /// threads, or others take their part. Null on a machine with one core.
    /// </summary>
    public static double? MeasureTwo()
    {
        if (Environment.ProcessorCount == 1)
        {
            return null;
        }

        using var together = new Barrier(2);
        var other = new Thread(() => Run(together)) { IsBackground = true, Name = "Second core" };
        other.Start();
        double best = Run(together);
        other.Join();
        return Gflops(2, best);
    }

    private static Action<int> Kernel => VectorBits switch { 512 => Run512, 256 => Run256, _ => Run128 };

    // Microseconds until both have done a block: the best of some.
    private static double Run(Barrier together)
    {
        Kernel(1);
        double best = double.PositiveInfinity;
        for (int block = 0; block < Blocks; block++)
        {
            together.SignalAndWait();
            best = Math.Min(best, BlockTimer.Time(
                calls =>
                {
                    Kernel(calls);
                    together.SignalAndWait();
                },
                BlocksTogether) * BlocksTogether);
        }

        return best / BlocksTogether;
    }

    private static double Gflops(int cores, double microseconds) =>
        2.0 * cores * Sums * Repetitions * VectorBits / 32 / microseconds / 1000;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run512(int calls)
    {
        var x = Vector512.Create(0.5f);
        var y = Vector512.Create(0.25f);
        Vector512<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int n = 0; n < calls * Repetitions; n++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }

        Volatile.Write(ref _sink, Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run256(int calls)
    {
        var x = Vector256.Create(0.5f);
        var y = Vector256.Create(0.25f);
        Vector256<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int n = 0; n < calls * Repetitions; n++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
            i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y);
            k = Vector256.FusedMultiplyAdd(k, x, y);
            l = Vector256.FusedMultiplyAdd(l, x, y);
        }

        Volatile.Write(ref _sink, Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run128(int calls)
    {
        var x = Vector128.Create(0.5f);
        var y = Vector128.Create(0.25f);
        Vector128<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int n = 0; n < calls * Repetitions; n++)
        {
            a = Vector128.MultiplyAddEstimate(a, x, y);
            b = Vector128.MultiplyAddEstimate(b, x, y);
            c = Vector128.MultiplyAddEstimate(c, x, y);
            d = Vector128.MultiplyAddEstimate(d, x, y);
            e = Vector128.MultiplyAddEstimate(e, x, y);
            f = Vector128.MultiplyAddEstimate(f, x, y);
            g = Vector128.MultiplyAddEstimate(g, x, y);
            h = Vector128.MultiplyAddEstimate(h, x, y);
            i = Vector128.MultiplyAddEstimate(i, x, y);
            j = Vector128.MultiplyAddEstimate(j, x, y);
            k = Vector128.MultiplyAddEstimate(k, x, y);
            l = Vector128.MultiplyAddEstimate(l, x, y);
        }

        Volatile.Write(ref _sink, Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l));
    }
}
