using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Kernels;

// Explicit intrinsics only: NativeAOT compiles Vector256 methods and operators to software unless it is told the exact
// processor. GetLower alone is the same register by another name, there, too.
/// <summary>Eight numbers of single precision: AVX2 and FMA.</summary>
/// <param name="value">The vector.</param>
public readonly unsafe struct Lanes256Single(Vector256<float> value) : ILanes<Lanes256Single, float>
{
    private readonly Vector256<float> _value = value;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single operator +(Lanes256Single left, Lanes256Single right)
        => new(Avx.Add(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single operator -(Lanes256Single left, Lanes256Single right)
        => new(Avx.Subtract(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single operator *(Lanes256Single left, Lanes256Single right)
        => new(Avx.Multiply(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single operator /(Lanes256Single left, Lanes256Single right)
        => new(Avx.Divide(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single Load(float* source) => new(*(Vector256<float>*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single LoadSingle(float* source) => Load(source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Lanes256Single value) => *(Vector256<float>*)target = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single Splat(float value)
        => new(Avx2.BroadcastScalarToVector256(Vector128.CreateScalarUnsafe(value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single Constant(double value) => Splat((float)value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single MultiplyAdd(Lanes256Single factor, Lanes256Single other, Lanes256Single addend)
        => new(Fma.MultiplyAdd(factor._value, other._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single Sqrt(Lanes256Single value) => new(Avx.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single Min(Lanes256Single left, Lanes256Single right)
        => new(Avx.Min(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single Max(Lanes256Single left, Lanes256Single right)
        => new(Avx.Max(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single Abs(Lanes256Single value) => new(Avx.AndNot(Constant(-0.0)._value, value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single Exp(Lanes256Single exponent) => Exponential.Of<Lanes256Single, float>(exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single Sign(Lanes256Single value)
    {
        var one = Avx.Or(Avx.And(value._value, Constant(-0.0)._value), Constant(1)._value);
        var isSigned = Avx.CompareGreaterThan(Abs(value)._value, Constant(0)._value);
        return new(Avx.BlendVariable(value._value, one, isSigned));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single Log(Lanes256Single value) => Logarithm.Of<Lanes256Single, float>(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single SplitPowerOfTwo(Lanes256Single value, out Lanes256Single exponent)
    {
        var x = value._value;
        var isSmall = Avx.CompareLessThan(x, Constant(FloatBits.SingleLeastNormal)._value);
        var normal = Avx.BlendVariable(x, Avx.Multiply(x, Constant(FloatBits.SingleWhole)._value), isSmall);
        var bits = Unsafe.BitCast<Vector256<float>, Vector256<int>>(normal);
        bits = Avx2.Add(bits, Splat(FloatBits.SingleOneToRoot));
        var biased = Avx2.Or(Avx2.ShiftRightLogical(bits, 23), Splat(FloatBits.SingleWholeBits));
        var bias = Avx.Add(
            Constant(FloatBits.SingleWhole + 127)._value, Avx.And(isSmall, Constant(23)._value));
        var n = Avx.Subtract(Unsafe.BitCast<Vector256<int>, Vector256<float>>(biased), bias);
        var isZero = Avx.CompareEqual(x, Constant(0)._value);
        n = Avx.BlendVariable(n, Constant(double.NegativeInfinity)._value, isZero);
        n = Avx.BlendVariable(n, Constant(double.NaN)._value, Avx.CompareLessThan(x, Constant(0)._value));
        var isFinite = Avx.CompareLessThan(x, Constant(double.PositiveInfinity)._value);
        exponent = new(Avx.BlendVariable(x, n, isFinite));
        var significand = Avx2.And(bits, Splat(FloatBits.SingleSignificandMask));
        significand = Avx2.Add(significand, Splat(FloatBits.SingleRootBits));
        return new(Unsafe.BitCast<Vector256<int>, Vector256<float>>(significand));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single ScaleByPowerOfTwo(Lanes256Single value, Lanes256Single exponent)
    {
        var magic = Avx.Add(exponent._value, Constant(FloatBits.SingleMagic)._value);
        var bits = Unsafe.BitCast<Vector256<float>, Vector256<int>>(magic);
        var biased = Avx2.Add(bits, Splat(FloatBits.SingleMagicToBias));
        var half = Avx2.ShiftRightLogical(biased, 1);
        var rest = Avx2.Subtract(biased, half);
        var first = Unsafe.BitCast<Vector256<int>, Vector256<float>>(Avx2.ShiftLeftLogical(half, 23));
        var second = Unsafe.BitCast<Vector256<int>, Vector256<float>>(Avx2.ShiftLeftLogical(rest, 23));
        return new(Avx.Multiply(Avx.Multiply(value._value, first), second));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Single KeepWhere(Lanes256Single value, ushort* random, int threshold)
    {
        var dropped = Avx2.CompareGreaterThan(Splat(threshold), Avx2.ConvertToVector256Int32(random));
        return new(Avx.AndNot(Unsafe.BitCast<Vector256<int>, Vector256<float>>(dropped), value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes256Single value)
    {
        var half = Sse.Add(value._value.GetLower(), Avx.ExtractVector128(value._value, 1));
        return Lanes128Single.Sum(new(half));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Lanes256Single value)
    {
        var half = Sse.Max(value._value.GetLower(), Avx.ExtractVector128(value._value, 1));
        return Lanes128Single.MaxAcross(new(half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Splat(int value)
        => Avx2.BroadcastScalarToVector256(Vector128.CreateScalarUnsafe(value));
}

/// <summary>Four numbers of double precision: AVX2 and FMA.</summary>
/// <param name="value">The vector.</param>
public readonly unsafe struct Lanes256Double(Vector256<double> value) : ILanes<Lanes256Double, double>
{
    private readonly Vector256<double> _value = value;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double operator +(Lanes256Double left, Lanes256Double right)
        => new(Avx.Add(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double operator -(Lanes256Double left, Lanes256Double right)
        => new(Avx.Subtract(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double operator *(Lanes256Double left, Lanes256Double right)
        => new(Avx.Multiply(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double operator /(Lanes256Double left, Lanes256Double right)
        => new(Avx.Divide(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double Load(double* source) => new(*(Vector256<double>*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double LoadSingle(float* source)
        => new(Avx.ConvertToVector256Double(*(Vector128<float>*)source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, Lanes256Double value) => *(Vector256<double>*)target = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double Splat(double value)
        => new(Avx2.BroadcastScalarToVector256(Vector128.CreateScalarUnsafe(value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double Constant(double value) => Splat(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double MultiplyAdd(Lanes256Double factor, Lanes256Double other, Lanes256Double addend)
        => new(Fma.MultiplyAdd(factor._value, other._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double Sqrt(Lanes256Double value) => new(Avx.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double Min(Lanes256Double left, Lanes256Double right)
        => new(Avx.Min(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double Max(Lanes256Double left, Lanes256Double right)
        => new(Avx.Max(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double Abs(Lanes256Double value) => new(Avx.AndNot(Constant(-0.0)._value, value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double Exp(Lanes256Double exponent) => Exponential.Of<Lanes256Double, double>(exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double Sign(Lanes256Double value)
    {
        var one = Avx.Or(Avx.And(value._value, Constant(-0.0)._value), Constant(1)._value);
        var isSigned = Avx.CompareGreaterThan(Abs(value)._value, Constant(0)._value);
        return new(Avx.BlendVariable(value._value, one, isSigned));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double Log(Lanes256Double value) => Logarithm.Of<Lanes256Double, double>(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double SplitPowerOfTwo(Lanes256Double value, out Lanes256Double exponent)
    {
        var x = value._value;
        var isSmall = Avx.CompareLessThan(x, Constant(FloatBits.DoubleLeastNormal)._value);
        var normal = Avx.BlendVariable(x, Avx.Multiply(x, Constant(FloatBits.DoubleWhole)._value), isSmall);
        var bits = Unsafe.BitCast<Vector256<double>, Vector256<long>>(normal);
        bits = Avx2.Add(bits, Splat(FloatBits.DoubleOneToRoot));
        var biased = Avx2.Or(Avx2.ShiftRightLogical(bits, 52), Splat(FloatBits.DoubleWholeBits));
        var bias = Avx.Add(
            Constant(FloatBits.DoubleWhole + 1023)._value, Avx.And(isSmall, Constant(52)._value));
        var n = Avx.Subtract(Unsafe.BitCast<Vector256<long>, Vector256<double>>(biased), bias);
        var isZero = Avx.CompareEqual(x, Constant(0)._value);
        n = Avx.BlendVariable(n, Constant(double.NegativeInfinity)._value, isZero);
        n = Avx.BlendVariable(n, Constant(double.NaN)._value, Avx.CompareLessThan(x, Constant(0)._value));
        var isFinite = Avx.CompareLessThan(x, Constant(double.PositiveInfinity)._value);
        exponent = new(Avx.BlendVariable(x, n, isFinite));
        var significand = Avx2.And(bits, Splat(FloatBits.DoubleSignificandMask));
        significand = Avx2.Add(significand, Splat(FloatBits.DoubleRootBits));
        return new(Unsafe.BitCast<Vector256<long>, Vector256<double>>(significand));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double ScaleByPowerOfTwo(Lanes256Double value, Lanes256Double exponent)
    {
        var magic = Avx.Add(exponent._value, Constant(FloatBits.DoubleMagic)._value);
        var bits = Unsafe.BitCast<Vector256<double>, Vector256<long>>(magic);
        var biased = Avx2.Add(bits, Splat(FloatBits.DoubleMagicToBias));
        var half = Avx2.ShiftRightLogical(biased, 1);
        var rest = Avx2.Subtract(biased, half);
        var first = Unsafe.BitCast<Vector256<long>, Vector256<double>>(Avx2.ShiftLeftLogical(half, 52));
        var second = Unsafe.BitCast<Vector256<long>, Vector256<double>>(Avx2.ShiftLeftLogical(rest, 52));
        return new(Avx.Multiply(Avx.Multiply(value._value, first), second));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256Double KeepWhere(Lanes256Double value, ushort* random, int threshold)
    {
        var dropped = Avx2.CompareGreaterThan(Splat((long)threshold), Avx2.ConvertToVector256Int64(random));
        return new(Avx.AndNot(Unsafe.BitCast<Vector256<long>, Vector256<double>>(dropped), value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes256Double value)
    {
        var half = Sse2.Add(value._value.GetLower(), Avx.ExtractVector128(value._value, 1));
        return Lanes128Double.Sum(new(half));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxAcross(Lanes256Double value)
    {
        var half = Sse2.Max(value._value.GetLower(), Avx.ExtractVector128(value._value, 1));
        return Lanes128Double.MaxAcross(new(half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Splat(long value)
        => Avx2.BroadcastScalarToVector256(Vector128.CreateScalarUnsafe(value));
}
