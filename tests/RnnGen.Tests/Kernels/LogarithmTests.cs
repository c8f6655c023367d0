using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

/// <summary>Logarithm, sign and splitting of a number, over all magnitudes.</summary>
public sealed unsafe class LogarithmTests
{
    private enum Operation
    {
        Log,
        Sign,
        Exponent,
        Significand,
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Log_SingleOverAllMagnitudes_IsWithinTwoUlps(SimdTarget target)
    {
        // Every exponent, denormals included; and around 1, where the logarithm is small.
        float[] numbers = [.. Singles(), .. Enumerable.Range(-100_000, 200_000).Select(i => 1 + (i / 200_000f))];
        float[] results = Run(target, Operation.Log, numbers);
        for (int i = 0; i < results.Length; i++)
        {
            double expected = Math.Log(numbers[i]);
            float magnitude = Math.Max((float)Math.Abs(expected), 1.17549435e-38f);
            double ulp = (double)MathF.BitIncrement(magnitude) - magnitude;
            if (!(Math.Abs(results[i] - expected) <= Tolerances.SingleLogUlps * ulp))
            {
                Assert.Fail($"ln({numbers[i]:r}) is {expected:r}, not {results[i]:r}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Log_DoubleOverAllMagnitudes_IsWithinTwoUlps(SimdTarget target)
    {
        double[] numbers = [.. Doubles(), .. Enumerable.Range(-100_000, 200_000).Select(i => 1 + (i / 200_000d))];
        double[] results = Run(target, Operation.Log, numbers);
        for (int i = 0; i < results.Length; i++)
        {
            double expected = Math.Log(numbers[i]);
            double magnitude = Math.Abs(expected);
            double ulp = Math.BitIncrement(magnitude) - magnitude;
            if (!(Math.Abs(results[i] - expected) <= Tolerances.DoubleLogUlps * ulp))
            {
                Assert.Fail($"ln({numbers[i]:r}) is {expected:r}, not {results[i]:r}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Log_Ends_AreExact(SimdTarget target)
    {
        float[] singles =
            [1, 0, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, -1, -float.Epsilon, -float.MaxValue];
        Assert.Equal(
            [0, float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity, .. Repeated(float.NaN, 5)],
            Run(target, Operation.Log, singles));
        double[] doubles =
        [
            1, 0, -0d, double.PositiveInfinity, double.NegativeInfinity, double.NaN, -1, -double.Epsilon,
            -double.MaxValue,
        ];
        Assert.Equal(
            [0, double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity, .. Repeated(double.NaN, 5)],
            Run(target, Operation.Log, doubles));
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Sign_AllMagnitudesAndEnds_IsExact(SimdTarget target)
    {
        float[] singles = [.. Singles().SelectMany(x => new[] { x, -x }), 0, -0f, float.PositiveInfinity, float.NaN];
        AssertSameBits(
            singles.Select(x => float.IsNaN(x) || x == 0 ? x : MathF.Sign(x)), Run(target, Operation.Sign, singles));
        double[] doubles = [.. Doubles().SelectMany(x => new[] { x, -x }), 0, -0d, double.NegativeInfinity, double.NaN];
        AssertSameBits(
            doubles.Select(x => double.IsNaN(x) || x == 0 ? x : Math.Sign(x)), Run(target, Operation.Sign, doubles));
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void SplitPowerOfTwo_AllMagnitudes_GivesTheNumberBack(SimdTarget target)
    {
        AssertSplit(target, [.. Singles()]);
        AssertSplit(target, [.. Doubles()]);
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void SplitPowerOfTwo_Ends_HaveTheExponentOfTheContract(SimdTarget target)
    {
        double[] numbers = [0, -0d, double.PositiveInfinity, -1, double.NegativeInfinity, double.NaN];
        double[] exponents = [double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity,
            .. Repeated(double.NaN, 3)];
        Assert.Equal(exponents, Run(target, Operation.Exponent, numbers));
        Assert.Equal([1, 1, 1], Run(target, Operation.Significand, numbers)[..3]);
        float[] singles = [.. numbers.Select(number => (float)number)];
        Assert.Equal(exponents.Select(number => (float)number), Run(target, Operation.Exponent, singles));
        Assert.Equal([1, 1, 1], Run(target, Operation.Significand, singles)[..3]);
    }

    private static void AssertSplit<T>(SimdTarget target, T[] numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] exponents = Run(target, Operation.Exponent, numbers);
        T[] significands = Run(target, Operation.Significand, numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (T.ScaleB(significands[i], int.CreateChecked(exponents[i])) != numbers[i]
                || double.CreateChecked(significands[i]) is < 0.7071067 or > 1.4142136)
            {
                Assert.Fail($"{numbers[i]:r} is not {significands[i]:r} times 2 to the {exponents[i]:r}.");
            }
        }
    }

    private static void AssertSameBits<T>(IEnumerable<T> expected, IEnumerable<T> actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Assert.Equal(
            expected.Select(x => (x, T.IsNegative(x) && !T.IsNaN(x))),
            actual.Select(x => (x, T.IsNegative(x) && !T.IsNaN(x))));

    // Every 40,009th bit pattern, and the ends of the normal and the denormal numbers.
    private static IEnumerable<float> Singles()
    {
        for (int bits = 1; bits < 0x7F800000; bits += 40_009)
        {
            yield return BitConverter.Int32BitsToSingle(bits);
        }

        foreach (int bits in new[] { 0x7FFFFF, 0x800000, 0x7F7FFFFF, 0x3F3504F2, 0x3F3504F3, 0x3F3504F4, 0x3FB504F3 })
        {
            yield return BitConverter.Int32BitsToSingle(bits);
        }
    }

    private static IEnumerable<double> Doubles()
    {
        for (long bits = 1; bits < 0x7FF0000000000000; bits += 230_584_300_921_365)
        {
            yield return BitConverter.Int64BitsToDouble(bits);
        }

        foreach (long bits in new[]
        {
            0xFFFFFFFFFFFFF, 0x10000000000000, 0x7FEFFFFFFFFFFFFF, 0x3FE6A09E667F3BCC, 0x3FE6A09E667F3BCD,
            0x3FF6A09E667F3BCD,
        })
        {
            yield return BitConverter.Int64BitsToDouble(bits);
        }
    }

    private static IEnumerable<T> Repeated<T>(T value, int count) => Enumerable.Repeat(value, count);

    private static T[] Run<T>(SimdTarget target, Operation operation, T[] numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Room for whole vectors.
        var arena = new Arena<T>((numbers.Length + 15) / 16 * 16);
        numbers.CopyTo(arena.Span);
        var work = new Work { Operation = operation, Values = arena.Pointer, Length = arena.Length };
        SimdTargets.Run<Work, T>(target, ref work);
        return arena.Span[..numbers.Length].ToArray();
    }

    private struct Work : ILanesWork
    {
        public Operation Operation;
        public void* Values;
        public int Length;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int i = 0; i < Length; i += TLanes.Count)
            {
                var value = TLanes.Load((T*)Values + i);
                var significand = TLanes.SplitPowerOfTwo(value, out var exponent);
                TLanes.Store((T*)Values + i, Operation switch
                {
                    Operation.Log => TLanes.Log(value),
                    Operation.Sign => TLanes.Sign(value),
                    Operation.Exponent => exponent,
                    _ => significand,
                });
            }
        }
    }
}
