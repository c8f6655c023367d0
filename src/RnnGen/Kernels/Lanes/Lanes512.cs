using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Kernels;

// Explicit intrinsics only: NativeAOT compiles Vector512 methods and operators to software unless it is told the exact
// processor. GetLower alone is the same register by another name, there, too.
/// <summary>Sixteen numbers of single precision: AVX-512.</summary>
/// <param name="value">The vector.</param>
public readonly unsafe struct Lanes512Single(Vector512<float> value) : ILanes<Lanes512Single, float>
{
    private readonly Vector512<float> _value = value;

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single operator +(Lanes512Single left, Lanes512Single right)
        => new(Avx512F.Add(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single operator -(Lanes512Single left, Lanes512Single right)
        => new(Avx512F.Subtract(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single operator *(Lanes512Single left, Lanes512Single right)
        => new(Avx512F.Multiply(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single operator /(Lanes512Single left, Lanes512Single right)
        => new(Avx512F.Divide(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single Load(float* source) => new(*(Vector512<float>*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single LoadSingle(float* source) => Load(source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Lanes512Single value) => *(Vector512<float>*)target = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single Splat(float value)
        => new(Avx512F.BroadcastScalarToVector512(Vector128.CreateScalarUnsafe(value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single Constant(double value) => Splat((float)value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single MultiplyAdd(Lanes512Single factor, Lanes512Single other, Lanes512Single addend)
        => new(Avx512F.FusedMultiplyAdd(factor._value, other._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single Sqrt(Lanes512Single value) => new(Avx512F.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single Min(Lanes512Single left, Lanes512Single right)
        => new(Avx512F.Min(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single Max(Lanes512Single left, Lanes512Single right)
        => new(Avx512F.Max(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single Abs(Lanes512Single value)
        => new(Avx512DQ.AndNot(Constant(-0.0)._value, value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single Exp(Lanes512Single exponent) => Exponential.Of<Lanes512Single, float>(exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single Sign(Lanes512Single value)
    {
        var one = Avx512DQ.Or(Avx512DQ.And(value._value, Constant(-0.0)._value), Constant(1)._value);
        var isSigned = Avx512F.CompareGreaterThan(Abs(value)._value, Constant(0)._value);
        return new(Avx512F.BlendVariable(value._value, one, isSigned));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single Log(Lanes512Single value) => Logarithm.Of<Lanes512Single, float>(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single SplitPowerOfTwo(Lanes512Single value, out Lanes512Single exponent)
    {
        var x = value._value;
        var isSmall = Avx512F.CompareLessThan(x, Constant(FloatBits.SingleLeastNormal)._value);
        var normal = Avx512F.BlendVariable(x, Avx512F.Multiply(x, Constant(FloatBits.SingleWhole)._value), isSmall);
        var bits = Unsafe.BitCast<Vector512<float>, Vector512<int>>(normal);
        bits = Avx512F.Add(bits, Splat(FloatBits.SingleOneToRoot));
        var biased = Avx512F.Or(Avx512F.ShiftRightLogical(bits, 23), Splat(FloatBits.SingleWholeBits));
        var bias = Avx512F.Add(
            Constant(FloatBits.SingleWhole + 127)._value, Avx512DQ.And(isSmall, Constant(23)._value));
        var n = Avx512F.Subtract(Unsafe.BitCast<Vector512<int>, Vector512<float>>(biased), bias);
        var isZero = Avx512F.CompareEqual(x, Constant(0)._value);
        n = Avx512F.BlendVariable(n, Constant(double.NegativeInfinity)._value, isZero);
        n = Avx512F.BlendVariable(n, Constant(double.NaN)._value, Avx512F.CompareLessThan(x, Constant(0)._value));
        var isFinite = Avx512F.CompareLessThan(x, Constant(double.PositiveInfinity)._value);
        exponent = new(Avx512F.BlendVariable(x, n, isFinite));
        var significand = Avx512F.And(bits, Splat(FloatBits.SingleSignificandMask));
        significand = Avx512F.Add(significand, Splat(FloatBits.SingleRootBits));
        return new(Unsafe.BitCast<Vector512<int>, Vector512<float>>(significand));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single ScaleByPowerOfTwo(Lanes512Single value, Lanes512Single exponent)
        => new(Avx512F.Scale(value._value, exponent._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Single KeepWhere(Lanes512Single value, ushort* random, int threshold)
    {
        var numbers = Avx512F.ConvertToVector512Int32(*(Vector256<ushort>*)random);
        var margin = Avx512F.Subtract(numbers, Splat(threshold));
        var dropped = Avx512F.ShiftRightArithmetic(margin, 31);
        return new(Avx512DQ.AndNot(Unsafe.BitCast<Vector512<int>, Vector512<float>>(dropped), value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes512Single value)
    {
        var half = Avx.Add(value._value.GetLower(), Avx512F.ExtractVector256(value._value, 1));
        return Lanes256Single.Sum(new(half));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Lanes512Single value)
    {
        var half = Avx.Max(value._value.GetLower(), Avx512F.ExtractVector256(value._value, 1));
        return Lanes256Single.MaxAcross(new(half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Splat(int value)
        => Avx512F.BroadcastScalarToVector512(Vector128.CreateScalarUnsafe(value));
}

/// <summary>Eight numbers of double precision: AVX-512.</summary>
/// <param name="value">The vector.</param>
public readonly unsafe struct Lanes512Double(Vector512<double> value) : ILanes<Lanes512Double, double>
{
    private readonly Vector512<double> _value = value;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double operator +(Lanes512Double left, Lanes512Double right)
        => new(Avx512F.Add(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double operator -(Lanes512Double left, Lanes512Double right)
        => new(Avx512F.Subtract(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double operator *(Lanes512Double left, Lanes512Double right)
        => new(Avx512F.Multiply(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double operator /(Lanes512Double left, Lanes512Double right)
        => new(Avx512F.Divide(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double Load(double* source) => new(*(Vector512<double>*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double LoadSingle(float* source)
        => new(Avx512F.ConvertToVector512Double(*(Vector256<float>*)source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, Lanes512Double value) => *(Vector512<double>*)target = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double Splat(double value)
        => new(Avx512F.BroadcastScalarToVector512(Vector128.CreateScalarUnsafe(value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double Constant(double value) => Splat(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double MultiplyAdd(Lanes512Double factor, Lanes512Double other, Lanes512Double addend)
        => new(Avx512F.FusedMultiplyAdd(factor._value, other._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double Sqrt(Lanes512Double value) => new(Avx512F.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double Min(Lanes512Double left, Lanes512Double right)
        => new(Avx512F.Min(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double Max(Lanes512Double left, Lanes512Double right)
        => new(Avx512F.Max(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double Abs(Lanes512Double value)
        => new(Avx512DQ.AndNot(Constant(-0.0)._value, value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double Exp(Lanes512Double exponent) => Exponential.Of<Lanes512Double, double>(exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double Sign(Lanes512Double value)
    {
        var one = Avx512DQ.Or(Avx512DQ.And(value._value, Constant(-0.0)._value), Constant(1)._value);
        var isSigned = Avx512F.CompareGreaterThan(Abs(value)._value, Constant(0)._value);
        return new(Avx512F.BlendVariable(value._value, one, isSigned));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double Log(Lanes512Double value) => Logarithm.Of<Lanes512Double, double>(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double SplitPowerOfTwo(Lanes512Double value, out Lanes512Double exponent)
    {
        var x = value._value;
        var isSmall = Avx512F.CompareLessThan(x, Constant(FloatBits.DoubleLeastNormal)._value);
        var normal = Avx512F.BlendVariable(x, Avx512F.Multiply(x, Constant(FloatBits.DoubleWhole)._value), isSmall);
        var bits = Unsafe.BitCast<Vector512<double>, Vector512<long>>(normal);
        bits = Avx512F.Add(bits, Splat(FloatBits.DoubleOneToRoot));
        var biased = Avx512F.Or(Avx512F.ShiftRightLogical(bits, 52), Splat(FloatBits.DoubleWholeBits));
        var bias = Avx512F.Add(
            Constant(FloatBits.DoubleWhole + 1023)._value, Avx512DQ.And(isSmall, Constant(52)._value));
        var n = Avx512F.Subtract(Unsafe.BitCast<Vector512<long>, Vector512<double>>(biased), bias);
        var isZero = Avx512F.CompareEqual(x, Constant(0)._value);
        n = Avx512F.BlendVariable(n, Constant(double.NegativeInfinity)._value, isZero);
        n = Avx512F.BlendVariable(n, Constant(double.NaN)._value, Avx512F.CompareLessThan(x, Constant(0)._value));
        var isFinite = Avx512F.CompareLessThan(x, Constant(double.PositiveInfinity)._value);
        exponent = new(Avx512F.BlendVariable(x, n, isFinite));
        var significand = Avx512F.And(bits, Splat(FloatBits.DoubleSignificandMask));
        significand = Avx512F.Add(significand, Splat(FloatBits.DoubleRootBits));
        return new(Unsafe.BitCast<Vector512<long>, Vector512<double>>(significand));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double ScaleByPowerOfTwo(Lanes512Double value, Lanes512Double exponent)
        => new(Avx512F.Scale(value._value, exponent._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512Double KeepWhere(Lanes512Double value, ushort* random, int threshold)
    {
        var numbers = Avx512F.ConvertToVector512Int64(*(Vector128<ushort>*)random);
        var margin = Avx512F.Subtract(numbers, Splat((long)threshold));
        var dropped = Avx512F.ShiftRightArithmetic(margin, 63);
        return new(Avx512DQ.AndNot(Unsafe.BitCast<Vector512<long>, Vector512<double>>(dropped), value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes512Double value)
    {
        var half = Avx.Add(value._value.GetLower(), Avx512F.ExtractVector256(value._value, 1));
        return Lanes256Double.Sum(new(half));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxAcross(Lanes512Double value)
    {
        var half = Avx.Max(value._value.GetLower(), Avx512F.ExtractVector256(value._value, 1));
        return Lanes256Double.MaxAcross(new(half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Splat(long value)
        => Avx512F.BroadcastScalarToVector512(Vector128.CreateScalarUnsafe(value));
}
