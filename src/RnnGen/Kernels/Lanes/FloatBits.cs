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

    /// <summary>1.5 · 2⁵².</summary>
    public const double DoubleMagic = 6755399441055744.0;

    /// <summary>Added to the bits of n + <see cref="DoubleMagic"/> it gives n + 2 · 1023.</summary>
    public const long DoubleMagicToBias = (2 * 1023) - 0x4338000000000000;
}
