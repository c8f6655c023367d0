using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>
/// eˣ = 2ⁿ · eʳ with x = n ln 2 + r and |r| ≤ ½ ln 2. ln 2 is subtracted in two parts, the first short enough for n
/// times it to be exact.
/// </summary>
internal static class Exponential
{
    private const double Log2E = 1.44269504088896340736;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes, T>(TLanes exponent)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => typeof(T) == typeof(float) ? Single<TLanes, T>(exponent) : Double<TLanes, T>(exponent);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Single<TLanes, T>(TLanes exponent)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Beyond these ends the result is 0 and infinity. The number stands second, so that a NaN passes.
        var x = TLanes.Min(TLanes.Constant(89), TLanes.Max(TLanes.Constant(-104), exponent));
        var magic = TLanes.Constant(FloatBits.SingleMagic);
        var n = TLanes.MultiplyAdd(x, TLanes.Constant(Log2E), magic) - magic;
        var r = TLanes.MultiplyAdd(n, TLanes.Constant(-0.693359375), x);
        r = TLanes.MultiplyAdd(n, TLanes.Constant(2.12194440e-4), r);

        // Minimax coefficients of Cephes' expf.
        var p = TLanes.Constant(1.9875691500e-4);
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.3981999507e-3));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(8.3334519073e-3));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(4.1665795894e-2));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.6666665459e-1));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(5.0000001201e-1));
        p = TLanes.MultiplyAdd(p, r * r, r) + TLanes.Constant(1);
        return TLanes.ScaleByPowerOfTwo(p, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Double<TLanes, T>(TLanes exponent)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x = TLanes.Min(TLanes.Constant(710), TLanes.Max(TLanes.Constant(-746), exponent));
        var magic = TLanes.Constant(FloatBits.DoubleMagic);
        var n = TLanes.MultiplyAdd(x, TLanes.Constant(Log2E), magic) - magic;
        var r = TLanes.MultiplyAdd(n, TLanes.Constant(-6.93145751953125e-1), x);
        r = TLanes.MultiplyAdd(n, TLanes.Constant(-1.42860682030941723212e-6), r);

        // 1 / k! from k = 13 down: the first term left out is below 5e-18.
        var p = TLanes.Constant(1.0 / 6227020800);
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 479001600));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 39916800));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 3628800));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 362880));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 40320));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 5040));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 720));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 120));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 24));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 6));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(1.0 / 2));
        p = TLanes.MultiplyAdd(p, r * r, r) + TLanes.Constant(1);
        return TLanes.ScaleByPowerOfTwo(p, n);
    }
}
