using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Kernels;

/// <summary>
/// ln x = n ln 2 + ln(1 + f) with x = 2ⁿ · (1 + f) and 1 + f in [√½, √2). With s = f / (2 + f) the second term is
/// 2 artanh s = 2s + s · P(s²), where 2s = f − s·f: so f, which is exact, comes last. ln 2 is multiplied in two parts,
/// the first short enough for n times it to be exact.
/// </summary>
internal static class Logarithm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes, T>(TLanes value)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var f = TLanes.SplitPowerOfTwo(value, out var n) - TLanes.Constant(1);
        var s = f / (TLanes.Constant(2) + f);
        var halfSquare = TLanes.Constant(0.5) * (f * f);
        var series = typeof(T) == typeof(float) ? Single<TLanes, T>(s * s) : Double<TLanes, T>(s * s);
        double high = typeof(T) == typeof(float) ? 0.693145751953125 : 6.93147180369123816490e-1;
        double low = typeof(T) == typeof(float) ? 1.42860682030941723e-6 : 1.90821492927058770002e-10;
        var rest = TLanes.MultiplyAdd(s, halfSquare + series, n * TLanes.Constant(low));
        return TLanes.MultiplyAdd(n, TLanes.Constant(high), (rest - halfSquare) + f);
    }

    // Minimax coefficients of FreeBSD's logf and log. 2/3, 2/5, 2/7 … would be the series of 2 artanh s − 2s, over s.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Single<TLanes, T>(TLanes square)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var p = TLanes.Constant(0.24279078841);
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(0.28498786688));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(0.40000972152));
        return TLanes.MultiplyAdd(p, square, TLanes.Constant(0.66666662693)) * square;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Double<TLanes, T>(TLanes square)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var p = TLanes.Constant(1.479819860511658591e-1);
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(1.531383769920937332e-1));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(1.818357216161805012e-1));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(2.222219843214978396e-1));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(2.857142874366239149e-1));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(3.999999999940941908e-1));
        return TLanes.MultiplyAdd(p, square, TLanes.Constant(6.666666666666735130e-1)) * square;
    }
}
