using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RnnGen.Benchmarks.Timing;

namespace RnnGen.Benchmarks.Machine;

/// <summary>How fast one core reads a buffer again and again, front to back, with the widest vectors.</summary>
internal sealed unsafe class ReadBandwidth : IDisposable
{
    private const int Alignment = 64;
    private const int Blocks = 7;

    // A block reads this much, or the whole buffer once.
    private const long BytesPerBlock = 64 << 20;

    private readonly float* _buffer;
    private readonly int _bytes;
    private float _sink;

    /// <summary>Makes a buffer.</summary>
    /// <param name="bytes">Its size, a multiple of 1024: small enough for the cache that is to be measured.</param>
    public ReadBandwidth(int bytes)
    {
        _bytes = bytes;
        _buffer = (float*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        new Span<float>(_buffer, bytes / sizeof(float)).Fill(0.5f);
    }

    /// <summary>GB/s: the best of some short blocks.</summary>
    public double Measure()
    {
        Action<int> run = FmaPeak.VectorBits switch { 512 => Run512, 256 => Run256, _ => Run128 };
        int times = (int)Math.Max(1, BytesPerBlock / _bytes);
        run(1);
        double best = Enumerable.Range(0, Blocks).Min(_ => BlockTimer.Time(run, times));
        return _bytes / best / 1000;
    }

    public void Dispose() => NativeMemory.AlignedFree(_buffer);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run512(int calls)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        Vector512<float> e = default, f = default, g = default, h = default;
        float* end = (float*)((byte*)_buffer + _bytes);
        for (int n = 0; n < calls; n++)
        {
            for (float* p = _buffer; p < end; p += 128)
            {
                a += *(Vector512<float>*)p;
                b += *(Vector512<float>*)(p + 16);
                c += *(Vector512<float>*)(p + 32);
                d += *(Vector512<float>*)(p + 48);
                e += *(Vector512<float>*)(p + 64);
                f += *(Vector512<float>*)(p + 80);
                g += *(Vector512<float>*)(p + 96);
                h += *(Vector512<float>*)(p + 112);
            }
        }

        Volatile.Write(ref _sink, Vector512.Sum(a + b + c + d + e + f + g + h));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run256(int calls)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        Vector256<float> e = default, f = default, g = default, h = default;
        float* end = (float*)((byte*)_buffer + _bytes);
        for (int n = 0; n < calls; n++)
        {
            for (float* p = _buffer; p < end; p += 64)
            {
                a += *(Vector256<float>*)p;
                b += *(Vector256<float>*)(p + 8);
                c += *(Vector256<float>*)(p + 16);
                d += *(Vector256<float>*)(p + 24);
                e += *(Vector256<float>*)(p + 32);
                f += *(Vector256<float>*)(p + 40);
                g += *(Vector256<float>*)(p + 48);
                h += *(Vector256<float>*)(p + 56);
            }
        }

        Volatile.Write(ref _sink, Vector256.Sum(a + b + c + d + e + f + g + h));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run128(int calls)
    {
        Vector128<float> a = default, b = default, c = default, d = default;
        Vector128<float> e = default, f = default, g = default, h = default;
        float* end = (float*)((byte*)_buffer + _bytes);
        for (int n = 0; n < calls; n++)
        {
            for (float* p = _buffer; p < end; p += 32)
            {
                a += *(Vector128<float>*)p;
                b += *(Vector128<float>*)(p + 4);
                c += *(Vector128<float>*)(p + 8);
                d += *(Vector128<float>*)(p + 12);
                e += *(Vector128<float>*)(p + 16);
                f += *(Vector128<float>*)(p + 20);
                g += *(Vector128<float>*)(p + 24);
                h += *(Vector128<float>*)(p + 28);
            }
        }

        Volatile.Write(ref _sink, Vector128.Sum(a + b + c + d + e + f + g + h));
    }
}
