namespace RnnGen.Kernels;

/// <summary>How whole numbers are turned into exponent bits, without conversions that narrow targets lack.</summary>
internal static class FloatBits
{
    /// <summary>
    /// 1.5 · 2²³: a whole number n added to it appears in the low bits of the sum, in two's complement.
    /// </summary>
    public const float SingleMagic = 12582912f;

    /// <summary>
    /// Added to the bits of n + <see cref="SingleMagic"/> it gives n + 2 · 127: n with the bias of two exponents.
    /// </summary>
    public const int SingleMagicToBias = (2 * 127) - 0x4B400000;

    /// <summary>2²³: or-ed with a whole number below it, its bits are those of the sum.</summary>
    public const float SingleWhole = 8388608f;

    /// <summary>Bits of <see cref="SingleWhole"/>.</summary>
    public const int SingleWholeBits = 0x4B000000;

    /// <summary>Bits of √½, from which significands begin.</summary>
    public const int SingleRootBits = 0x3F3504F3;

    /// <summary>Bits of 1 less those of √½: added to the bits of x, the exponent is that of x / √½.</summary>
    public const int SingleOneToRoot = 0x3F800000 - SingleRootBits;

    public const int SingleSignificandMask = 0x7FFFFF;

    public const float SingleLeastNormal = 1.17549435e-38f;

    /// <summary>1.5 · 2⁵².</summary>
    public const double DoubleMagic = 6755399441055744.0;

    /// <summary>Added to the bits of n + <see cref="DoubleMagic"/> it gives n + 2 · 1023.</summary>
    public const long DoubleMagicToBias = (2 * 1023) - 0x4338000000000000;

    /// <summary>2⁵²; see <see cref="SingleWhole"/>, and so below.</summary>
    public const double DoubleWhole = 4503599627370496.0;

    public const long DoubleWholeBits = 0x4330000000000000;

    public const long DoubleRootBits = 0x3FE6A09E667F3BCD;

    public const long DoubleOneToRoot = 0x3FF0000000000000 - DoubleRootBits;

    public const long DoubleSignificandMask = 0xFFFFFFFFFFFFF;

    public const double DoubleLeastNormal = 2.2250738585072014e-308;
}
