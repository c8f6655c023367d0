using System.Numerics;

namespace RnnGen.Kernels;

/// <summary>
/// One vector of numbers. Kernels are written once over this interface and specialised for every implementation; the
/// one-lane form is the scalar code, and the reference the wider ones are checked against.
/// </summary>
/// <typeparam name="TSelf">
/// The implementing struct: one vector register and nothing else. Its default value is zeros.
/// </typeparam>
/// <typeparam name="T">The number in a lane.</typeparam>
public unsafe interface ILanes<TSelf, T>
    where TSelf : unmanaged, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Adds lane by lane.</summary>
    /// <param name="left">First summand.</param>
    /// <param name="right">Second summand.</param>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Subtracts lane by lane.</summary>
    /// <param name="left">What is subtracted from.</param>
    /// <param name="right">What is subtracted.</param>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Multiplies lane by lane.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Divides lane by lane.</summary>
    /// <param name="left">Dividend.</param>
    /// <param name="right">Divisor.</param>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Reads <see cref="Count"/> numbers; the address need not be aligned.</summary>
    /// <param name="source">First number.</param>
    static abstract TSelf Load(T* source);

    /// <summary>Reads <see cref="Count"/> numbers of single precision, converting them to this one's.</summary>
    /// <param name="source">First number.</param>
    static abstract TSelf LoadSingle(float* source);

    /// <summary>Writes <see cref="Count"/> numbers; the address need not be aligned.</summary>
    /// <param name="target">Where the first goes.</param>
    /// <param name="value">The numbers.</param>
    static abstract void Store(T* target, TSelf value);

    /// <summary>The same number in every lane.</summary>
    /// <param name="value">The number.</param>
    static abstract TSelf Splat(T value);

    /// <summary>The same number in every lane, rounded to the lane's precision.</summary>
    /// <param name="value">The number.</param>
    static abstract TSelf Constant(double value);

    /// <summary>factor · other + addend; rounded once where the processor has fused multiply-add.</summary>
    /// <param name="factor">First factor.</param>
    /// <param name="other">Second factor.</param>
    /// <param name="addend">Added to the product.</param>
    static abstract TSelf MultiplyAdd(TSelf factor, TSelf other, TSelf addend);

    /// <summary>Square root.</summary>
    /// <param name="value">The numbers.</param>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The smaller number; where <paramref name="right"/> is NaN, NaN.</summary>
    /// <param name="left">First numbers; what a NaN here gives depends on the processor.</param>
    /// <param name="right">Second numbers.</param>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger number; where <paramref name="right"/> is NaN, NaN.</summary>
    /// <param name="left">First numbers; what a NaN here gives depends on the processor.</param>
    /// <param name="right">Second numbers.</param>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>Absolute value.</summary>
    /// <param name="value">The numbers.</param>
    static abstract TSelf Abs(TSelf value);

    /// <summary>
    /// eˣ, to 2 units in the last place, over the whole range: gradual underflow to 0, overflow to infinity, NaN for
    /// NaN.
    /// </summary>
    /// <param name="exponent">x.</param>
    static abstract TSelf Exp(TSelf exponent);

    /// <summary>1 above 0, −1 below; zeros and NaN stay what they are.</summary>
    /// <param name="value">The numbers.</param>
    static abstract TSelf Sign(TSelf value);

    /// <summary>
    /// Natural logarithm, to 2 units in the last place, over the whole range: −∞ for zeros, NaN below 0 and for NaN.
    /// </summary>
    /// <param name="value">The numbers.</param>
    static abstract TSelf Log(TSelf value);

    /// <summary>Splits numbers above 0 as significand · 2ⁿ, exactly.</summary>
    /// <param name="value">The numbers, denormal ones too.</param>
    /// <param name="exponent">n, a whole number; −∞ for zeros, ∞ for ∞, NaN below 0 and for NaN.</param>
    /// <returns>The significands: in [√½, √2), 1 for zeros and ∞.</returns>
    static abstract TSelf SplitPowerOfTwo(TSelf value, out TSelf exponent);

    /// <summary>value · 2ⁿ, rounded once.</summary>
    /// <param name="value">Numbers between ½ and 2.</param>
    /// <param name="exponent">n: whole numbers, no further from zero than twice the type's largest exponent.</param>
    static abstract TSelf ScaleByPowerOfTwo(TSelf value, TSelf exponent);

    /// <summary>The numbers whose random number is at least the threshold; zero in the other lanes.</summary>
    /// <param name="value">The numbers.</param>
    /// <param name="random">One random number a lane, <see cref="Count"/> of them.</param>
    /// <param name="threshold">0 (keep all) to 65,536 (keep none).</param>
    static abstract TSelf KeepWhere(TSelf value, ushort* random, int threshold);

    /// <summary>Sum of the lanes, in a fixed order.</summary>
    /// <param name="value">The numbers.</param>
    static abstract T Sum(TSelf value);

    /// <summary>The largest lane.</summary>
    /// <param name="value">The numbers.</param>
    static abstract T MaxAcross(TSelf value);
}
