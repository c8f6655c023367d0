using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Kernels;

/// <summary>Four numbers of single precision: SSE on x86-64, AdvSimd on Arm64.</summary>
/// <param name="value">The vector.</param>
public readonly unsafe struct Lanes128Single(Vector128<float> value) : ILanes<Lanes128Single, float>
{
    private readonly Vector128<float> _value = value;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single operator +(Lanes128Single left, Lanes128Single right)
        => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single operator -(Lanes128Single left, Lanes128Single right)
        => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single operator *(Lanes128Single left, Lanes128Single right)
        => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single operator /(Lanes128Single left, Lanes128Single right)
        => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single Load(float* source) => new(*(Vector128<float>*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single LoadSingle(float* source) => new(*(Vector128<float>*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Lanes128Single value) => *(Vector128<float>*)target = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single Splat(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single Constant(double value) => new(Vector128.Create((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single MultiplyAdd(Lanes128Single factor, Lanes128Single other, Lanes128Single addend)
        => new(Vector128.MultiplyAddEstimate(factor._value, other._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single Sqrt(Lanes128Single value) => new(Vector128.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single Min(Lanes128Single left, Lanes128Single right)
        => new(Vector128.MinNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single Max(Lanes128Single left, Lanes128Single right)
        => new(Vector128.MaxNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single Abs(Lanes128Single value) => new(Vector128.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single Exp(Lanes128Single exponent) => Exponential.Of<Lanes128Single, float>(exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single Sign(Lanes128Single value)
    {
        var one = (value._value & Vector128.Create(-0f)) | Constant(1)._value;
        var isSigned = Vector128.GreaterThan(Vector128.Abs(value._value), Vector128<float>.Zero);
        return new(Vector128.ConditionalSelect(isSigned, one, value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single Log(Lanes128Single value) => Logarithm.Of<Lanes128Single, float>(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single SplitPowerOfTwo(Lanes128Single value, out Lanes128Single exponent)
    {
        var x = value._value;
        var isSmall = Vector128.LessThan(x, Vector128.Create(FloatBits.SingleLeastNormal));
        var normal = Vector128.ConditionalSelect(isSmall, x * Vector128.Create(FloatBits.SingleWhole), x);
        var bits = normal.AsInt32() + Vector128.Create(FloatBits.SingleOneToRoot);
        var biased = (bits >>> 23) | Vector128.Create(FloatBits.SingleWholeBits);
        var bias = Vector128.Create(FloatBits.SingleWhole + 127) + (isSmall & Constant(23)._value);
        var n = biased.AsSingle() - bias;
        var isZero = Vector128.Equals(x, Vector128<float>.Zero);
        n = Vector128.ConditionalSelect(isZero, Constant(double.NegativeInfinity)._value, n);
        var isBelow = Vector128.LessThan(x, Vector128<float>.Zero);
        n = Vector128.ConditionalSelect(isBelow, Constant(double.NaN)._value, n);
        var isFinite = Vector128.LessThan(x, Constant(double.PositiveInfinity)._value);
        exponent = new(Vector128.ConditionalSelect(isFinite, n, x));
        var significand = bits & Vector128.Create(FloatBits.SingleSignificandMask);
        return new((significand + Vector128.Create(FloatBits.SingleRootBits)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single ScaleByPowerOfTwo(Lanes128Single value, Lanes128Single exponent)
    {
        var bits = (exponent._value + Vector128.Create(FloatBits.SingleMagic)).AsInt32();
        var biased = bits + Vector128.Create(FloatBits.SingleMagicToBias);
        var half = biased >>> 1;
        return new(value._value * (half << 23).AsSingle() * ((biased - half) << 23).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Single KeepWhere(Lanes128Single value, ushort* random, int threshold)
    {
        var numbers = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)random).AsUInt16()).AsInt32();
        return new(value._value & Vector128.GreaterThanOrEqual(numbers, Vector128.Create(threshold)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes128Single value)
    {
        var pair = value._value + Vector128.Shuffle(value._value, Vector128.Create(2, 3, 0, 1));
        return pair.ToScalar() + pair.GetElement(1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(Lanes128Single value)
    {
        var pair = Vector128.MaxNative(value._value, Vector128.Shuffle(value._value, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(pair, Vector128.Shuffle(pair, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}

/// <summary>Two numbers of double precision: SSE on x86-64, AdvSimd on Arm64.</summary>
/// <param name="value">The vector.</param>
public readonly unsafe struct Lanes128Double(Vector128<double> value) : ILanes<Lanes128Double, double>
{
    private readonly Vector128<double> _value = value;

    /// <inheritdoc/>
    public static int Count => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double operator +(Lanes128Double left, Lanes128Double right)
        => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double operator -(Lanes128Double left, Lanes128Double right)
        => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double operator *(Lanes128Double left, Lanes128Double right)
        => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double operator /(Lanes128Double left, Lanes128Double right)
        => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double Load(double* source) => new(*(Vector128<double>*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double LoadSingle(float* source) => new(Vector128.Create((double)source[0], source[1]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, Lanes128Double value) => *(Vector128<double>*)target = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double Splat(double value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double Constant(double value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double MultiplyAdd(Lanes128Double factor, Lanes128Double other, Lanes128Double addend)
        => new(Vector128.MultiplyAddEstimate(factor._value, other._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double Sqrt(Lanes128Double value) => new(Vector128.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double Min(Lanes128Double left, Lanes128Double right)
        => new(Vector128.MinNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double Max(Lanes128Double left, Lanes128Double right)
        => new(Vector128.MaxNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double Abs(Lanes128Double value) => new(Vector128.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double Exp(Lanes128Double exponent) => Exponential.Of<Lanes128Double, double>(exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double Sign(Lanes128Double value)
    {
        var one = (value._value & Vector128.Create(-0d)) | Constant(1)._value;
        var isSigned = Vector128.GreaterThan(Vector128.Abs(value._value), Vector128<double>.Zero);
        return new(Vector128.ConditionalSelect(isSigned, one, value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double Log(Lanes128Double value) => Logarithm.Of<Lanes128Double, double>(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double SplitPowerOfTwo(Lanes128Double value, out Lanes128Double exponent)
    {
        var x = value._value;
        var isSmall = Vector128.LessThan(x, Vector128.Create(FloatBits.DoubleLeastNormal));
        var normal = Vector128.ConditionalSelect(isSmall, x * Vector128.Create(FloatBits.DoubleWhole), x);
        var bits = normal.AsInt64() + Vector128.Create(FloatBits.DoubleOneToRoot);
        var biased = (bits >>> 52) | Vector128.Create(FloatBits.DoubleWholeBits);
        var bias = Vector128.Create(FloatBits.DoubleWhole + 1023) + (isSmall & Constant(52)._value);
        var n = biased.AsDouble() - bias;
        var isZero = Vector128.Equals(x, Vector128<double>.Zero);
        n = Vector128.ConditionalSelect(isZero, Constant(double.NegativeInfinity)._value, n);
        var isBelow = Vector128.LessThan(x, Vector128<double>.Zero);
        n = Vector128.ConditionalSelect(isBelow, Constant(double.NaN)._value, n);
        var isFinite = Vector128.LessThan(x, Constant(double.PositiveInfinity)._value);
        exponent = new(Vector128.ConditionalSelect(isFinite, n, x));
        var significand = bits & Vector128.Create(FloatBits.DoubleSignificandMask);
        return new((significand + Vector128.Create(FloatBits.DoubleRootBits)).AsDouble());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double ScaleByPowerOfTwo(Lanes128Double value, Lanes128Double exponent)
    {
        var bits = (exponent._value + Vector128.Create(FloatBits.DoubleMagic)).AsInt64();
        var biased = bits + Vector128.Create(FloatBits.DoubleMagicToBias);
        var half = biased >>> 1;
        return new(value._value * (half << 52).AsDouble() * ((biased - half) << 52).AsDouble());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128Double KeepWhere(Lanes128Double value, ushort* random, int threshold)
    {
        var pair = Vector128.CreateScalarUnsafe(*(uint*)random).AsUInt16();
        var numbers = Vector128.WidenLower(Vector128.WidenLower(pair)).AsInt64();
        return new(value._value & Vector128.GreaterThanOrEqual(numbers, Vector128.Create((long)threshold)).AsDouble());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Lanes128Double value) => value._value.ToScalar() + value._value.GetElement(1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MaxAcross(Lanes128Double value)
        => Vector128.MaxNative(value._value, Vector128.Shuffle(value._value, Vector128.Create(1L, 0))).ToScalar();
}
