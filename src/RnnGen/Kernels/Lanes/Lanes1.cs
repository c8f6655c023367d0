using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Kernels;

/// <summary>One number: the scalar target, the tail of a vector loop, and the reference for wider lanes.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">The number.</param>
public readonly unsafe struct Lanes1<T>(T value) : ILanes<Lanes1<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator +(Lanes1<T> left, Lanes1<T> right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator -(Lanes1<T> left, Lanes1<T> right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator *(Lanes1<T> left, Lanes1<T> right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> operator /(Lanes1<T> left, Lanes1<T> right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Load(T* source) => new(*source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> LoadSingle(float* source) => new(T.CreateTruncating(*source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, Lanes1<T> value) => *target = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Splat(T value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Constant(double value) => new(T.CreateTruncating(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> MultiplyAdd(Lanes1<T> factor, Lanes1<T> other, Lanes1<T> addend)
    {
        // By name: NativeAOT compiles T.FusedMultiplyAdd to a slow library call unless it is told the exact processor.
        if (Fma.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? FromSingle(Fma.MultiplyAddScalar(Single(factor), Single(other), Single(addend)))
                : FromDouble(Fma.MultiplyAddScalar(Double(factor), Double(other), Double(addend)));
        }

        return AdvSimd.IsSupported
            ? new(T.FusedMultiplyAdd(factor._value, other._value, addend._value))
            : new((factor._value * other._value) + addend._value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Sqrt(Lanes1<T> value) => new(T.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Min(Lanes1<T> left, Lanes1<T> right) => left._value < right._value ? left : right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Max(Lanes1<T> left, Lanes1<T> right) => left._value > right._value ? left : right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Abs(Lanes1<T> value) => new(T.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Exp(Lanes1<T> exponent) => Exponential.Of<Lanes1<T>, T>(exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Sign(Lanes1<T> value)
        => value._value > T.Zero ? new(T.One) : value._value < T.Zero ? new(-T.One) : value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Log(Lanes1<T> value) => Logarithm.Of<Lanes1<T>, T>(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> SplitPowerOfTwo(Lanes1<T> value, out Lanes1<T> exponent)
    {
        T n, significand;
        if (typeof(T) == typeof(float))
        {
            float x = Unsafe.BitCast<T, float>(value._value);
            bool isSmall = x < FloatBits.SingleLeastNormal;
            float normal = isSmall ? x * FloatBits.SingleWhole : x;
            int bits = BitConverter.SingleToInt32Bits(normal) + FloatBits.SingleOneToRoot;
            n = Unsafe.BitCast<float, T>((bits >>> 23) - (isSmall ? 127 + 23 : 127));
            significand = Unsafe.BitCast<int, T>((bits & FloatBits.SingleSignificandMask) + FloatBits.SingleRootBits);
        }
        else
        {
            double x = Unsafe.BitCast<T, double>(value._value);
            bool isSmall = x < FloatBits.DoubleLeastNormal;
            double normal = isSmall ? x * FloatBits.DoubleWhole : x;
            long bits = BitConverter.DoubleToInt64Bits(normal) + FloatBits.DoubleOneToRoot;
            n = Unsafe.BitCast<double, T>((bits >>> 52) - (isSmall ? 1023 + 52 : 1023));
            significand = Unsafe.BitCast<long, T>((bits & FloatBits.DoubleSignificandMask) + FloatBits.DoubleRootBits);
        }

        bool isBelow = value._value < T.Zero;
        n = value._value == T.Zero ? T.NegativeInfinity : isBelow ? T.NaN : n;
        exponent = value._value < T.PositiveInfinity ? new(n) : value;
        return new(significand);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> ScaleByPowerOfTwo(Lanes1<T> value, Lanes1<T> exponent)
    {
        T first, second;
        if (typeof(T) == typeof(float))
        {
            float magic = Unsafe.BitCast<T, float>(exponent._value) + FloatBits.SingleMagic;
            int biased = BitConverter.SingleToInt32Bits(magic) + FloatBits.SingleMagicToBias;
            first = Unsafe.BitCast<int, T>((biased >> 1) << 23);
            second = Unsafe.BitCast<int, T>((biased - (biased >> 1)) << 23);
        }
        else
        {
            double magic = Unsafe.BitCast<T, double>(exponent._value) + FloatBits.DoubleMagic;
            long biased = BitConverter.DoubleToInt64Bits(magic) + FloatBits.DoubleMagicToBias;
            first = Unsafe.BitCast<long, T>((biased >> 1) << 52);
            second = Unsafe.BitCast<long, T>((biased - (biased >> 1)) << 52);
        }

        return new(value._value * first * second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> KeepWhere(Lanes1<T> value, ushort* random, int threshold)
    {
        // A mask rather than a branch: the outcome is random, so a branch would be mispredicted.
        int kept = (threshold - 1 - *random) >> 31;
        return typeof(T) == typeof(float)
            ? new(Unsafe.BitCast<int, T>(Unsafe.BitCast<T, int>(value._value) & kept))
            : new(Unsafe.BitCast<long, T>(Unsafe.BitCast<T, long>(value._value) & kept));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes1<T> value) => value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaxAcross(Lanes1<T> value) => value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Single(Lanes1<T> value)
        => Vector128.CreateScalarUnsafe(Unsafe.BitCast<T, float>(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Double(Lanes1<T> value)
        => Vector128.CreateScalarUnsafe(Unsafe.BitCast<T, double>(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes1<T> FromSingle(Vector128<float> value) => new(Unsafe.BitCast<float, T>(value.ToScalar()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes1<T> FromDouble(Vector128<double> value) => new(Unsafe.BitCast<double, T>(value.ToScalar()));
}
