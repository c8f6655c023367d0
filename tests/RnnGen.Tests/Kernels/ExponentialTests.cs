using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

public sealed unsafe class ExponentialTests
{
    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Exp_SingleOverAllMagnitudes_IsWithinTwoUlps(SimdTarget target)
    {
        // Every 8,009th bit pattern of both signs: every exponent, denormals included.
        var numbers = new List<float>();
        for (uint bits = 0; bits < 0x7F800000; bits += 8009)
        {
            numbers.Add(BitConverter.UInt32BitsToSingle(bits));
            numbers.Add(BitConverter.UInt32BitsToSingle(bits | 0x80000000));
        }

        AssertSinglesClose(target, numbers);
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Exp_SingleWhereItIsFinite_IsWithinTwoUlps(SimdTarget target)
    {
        var numbers = new List<float>();
        for (int i = -104_000; i <= 88_723; i++)
        {
            numbers.Add(i * 0.001f);
        }

        AssertSinglesClose(target, numbers);
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Exp_Double_IsAccurate(SimdTarget target)
    {
        var random = new CounterRandom(5);
        double[] numbers = [.. Enumerable.Range(0, 200_000).Select(_ => random.NextUniform(-708, 709.7))];
        double[] results = Exp(target, numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            double expected = Math.Exp(numbers[i]);
            Assert.True(
                Math.Abs(results[i] - expected) <= Tolerances.DoubleExp * expected,
                $"exp({numbers[i]:r}) is {expected:r}, not {results[i]:r}.");
        }
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Exp_Ends_AreExact(SimdTarget target)
    {
        float[] singles =
            [0, -0f, 88.8f, 1e30f, float.PositiveInfinity, -104, -1e30f, float.NegativeInfinity, float.NaN];
        Assert.Equal(
            [1, 1, float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity, 0, 0, 0, float.NaN],
            Exp(target, singles));
        double[] doubles =
            [0, -0.0, 709.8, 1e300, double.PositiveInfinity, -746, -1e300, double.NegativeInfinity, double.NaN];
        Assert.Equal(
            [1, 1, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, 0, 0, 0, double.NaN],
            Exp(target, doubles));
    }

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Exp_DoubleBelowNormalNumbers_UnderflowsGradually(SimdTarget target)
    {
        double[] numbers = [-709, -720, -740, -744];
        double[] results = Exp(target, numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            Assert.InRange(Math.Abs(results[i] - Math.Exp(numbers[i])), 0, double.Epsilon + (1e-15 * results[i]));
        }
    }

    private static void AssertSinglesClose(SimdTarget target, List<float> numbers)
    {
        float[] results = Exp(target, [.. numbers]);
        for (int i = 0; i < results.Length; i++)
        {
            double expected = Math.Exp(numbers[i]);
            float nearest = (float)expected;
            double ulp = (double)MathF.BitIncrement(nearest) - nearest;
            bool close = float.IsInfinity(nearest)
                ? float.IsPositiveInfinity(results[i])
                : Math.Abs(results[i] - expected) <= Tolerances.SingleExpUlps * ulp;
            Assert.True(close, $"exp({numbers[i]:r}) is {expected:r}, not {results[i]:r}.");
        }
    }

    private static T[] Exp<T>(SimdTarget target, T[] numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Room for whole vectors.
        var arena = new Arena<T>((numbers.Length + 15) / 16 * 16);
        numbers.CopyTo(arena.Span);
        var work = new Work { Values = arena.Pointer, Length = arena.Length };
        SimdTargets.Run<Work, T>(target, ref work);
        return arena.Span[..numbers.Length].ToArray();
    }

    private struct Work : ILanesWork
    {
        public void* Values;
        public int Length;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TLanes, T>()
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int i = 0; i < Length; i += TLanes.Count)
            {
                TLanes.Store((T*)Values + i, TLanes.Exp(TLanes.Load((T*)Values + i)));
            }
        }
    }
}
