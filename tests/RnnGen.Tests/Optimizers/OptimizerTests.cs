using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Tests.Kernels;

namespace RnnGen.Tests.Optimizers;

public sealed unsafe class OptimizerTests
{
    /// <summary>Every optimizer of the runtime with its defaults: whoever adds one gets these tests.</summary>
    public static TheoryData<Type> All
        => [.. typeof(Optimizer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Optimizer)) && !t.IsAbstract)];

    [Fact]
    public void Optimizers_OfTheRuntime_AreFound()
        => Assert.Equal(
            [typeof(Adam), typeof(AdamW), typeof(RmsProp), typeof(Sgd)],
            All.Cast<object[]>().Select(row => (Type)row[0]).OrderBy(type => type.Name));

    [Theory]
    [MemberData(nameof(All))]
    public void Optimizer_ConvexQuadratic_Converges(Type type)
    {
        Converges<float>(Create(type));
        Converges<double>(Create(type));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Update_EveryTargetAndPrecision_EqualsScalarDouble(Type type)
    {
        var optimizer = Create(type);
        foreach (var target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
        {
            foreach (int size in SupportedTargets.OddSizes)
            {
                double[] expected = After<double>(optimizer, SimdTarget.Scalar, size);
                AssertClose(expected, After<double>(optimizer, target, size), Tolerances.DoubleUlp);
                AssertClose(expected, After<float>(optimizer, target, size), Tolerances.SingleUlp);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Update_CutInRanges_GivesTheSameBits(Type type)
    {
        // A target without fused multiply-add has none in its tails either, and the other way round.
        var optimizer = Create(type);
        foreach (var target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
        {
            double[] whole = After<float>(optimizer, target, 100);
            foreach (int cut in SupportedTargets.OddSizes)
            {
                Assert.Equal(whole, After<float>(optimizer, target, 100, cut));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Update_PaddingOfZeros_StaysZero(Type type)
    {
        foreach (var target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
        {
            var model = new Quadratic<float>(new double[33], new double[33], new double[33]);
            for (int step = 0; step < 3; step++)
            {
                model.Step(Create(type), target, 0.1);
            }

            Assert.Equal(-1, model.Weights.Span.IndexOfAnyExcept(0f));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Update_AfterWarmUp_AllocatesNothing(Type type)
    {
        var optimizer = Create(type);
        var weights = new Arena<float>(33);
        var moments = new Arena<float>(66);
        var range = new UpdateRange<float>
        {
            Parameters = weights.Pointer,
            Gradients = weights.Pointer,
            FirstMoment = moments.Pointer,
            SecondMoment = moments.Pointer + 33,
            Length = 33,
            GradientScale = 1,
            LearningRate = 1e-3,
            Step = 1,
        };
        optimizer.Update(SimdTargets.Best, range);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            optimizer.Update(SimdTargets.Best, range);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Update_BadRange_Throws(Type type)
    {
        var optimizer = Create(type);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => optimizer.Update(SimdTarget.Scalar, new UpdateRange<float> { Length = -1, Step = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => optimizer.Update(SimdTarget.Scalar, new UpdateRange<float> { Length = 0, Step = 0 }));
        if (optimizer.MomentCount > 0)
        {
            Assert.Throws<ArgumentException>(
                "range", () => optimizer.Update(SimdTarget.Scalar, new UpdateRange<float> { Length = 0, Step = 1 }));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LearningRate_OutOfRange_Throws(Type type)
    {
        var property = type.GetProperty(nameof(Optimizer.LearningRate))!;
        foreach (double value in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            var thrown = Assert.ThrowsAny<Exception>(() => property.SetValue(Create(type), value));
            var inner = Assert.IsType<ArgumentOutOfRangeException>(thrown.InnerException);
            Assert.Equal("LearningRate", inner.ParamName);
            Assert.Contains("0 or more", inner.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Options_OutOfRange_ThrowWithNameAndValue()
    {
        AssertRefused("Momentum", 1, () => new Sgd { Momentum = 1 });
        AssertRefused("WeightDecay", -0.5, () => new Sgd { WeightDecay = -0.5 });
        AssertRefused("Smoothing", 1, () => new RmsProp { Smoothing = 1 });
        AssertRefused("Momentum", -0.1, () => new RmsProp { Momentum = -0.1 });
        AssertRefused("Epsilon", 0, () => new RmsProp { Epsilon = 0 });
        AssertRefused("WeightDecay", double.NaN, () => new RmsProp { WeightDecay = double.NaN });
        AssertRefused("Beta1", 1, () => new Adam { Beta1 = 1 });
        AssertRefused("Beta2", -1, () => new Adam { Beta2 = -1 });
        AssertRefused("Epsilon", 0, () => new Adam { Epsilon = 0 });
        AssertRefused("WeightDecay", -1, () => new Adam { WeightDecay = -1 });
        AssertRefused("Beta1", 2, () => new AdamW { Beta1 = 2 });
        AssertRefused("Beta2", 1, () => new AdamW { Beta2 = 1 });
        AssertRefused("Epsilon", -1, () => new AdamW { Epsilon = -1 });
        AssertRefused("WeightDecay", -2, () => new AdamW { WeightDecay = -2 });
    }

    private static void AssertRefused(string option, double value, Func<object> create)
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(option, create);
        Assert.Equal(value, thrown.ActualValue);
    }

    private static void Converges<T>(Optimizer optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int steps = 500;
        var model = Quadratic<T>.Random(37);
        var schedule = new CosineDecay();
        double before = model.Loss;
        for (int step = 0; step < steps; step++)
        {
            model.Step(optimizer, SimdTargets.Best, schedule.RateAt(step, steps, 0.05));
        }

        Assert.InRange(model.Loss, 0, Tolerances.Convergence * before);
    }

    private static double[] After<T>(Optimizer optimizer, SimdTarget target, int size, int cut = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var model = Quadratic<T>.Random(size);
        for (int step = 0; step < 10; step++)
        {
            model.Step(optimizer, target, 0.02, gradientScale: 0.5, cut);
        }

        return [.. model.Weights.Span.ToArray().Select(double.CreateTruncating)];
    }

    private static void AssertClose(double[] expected, double[] actual, double ulp)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerances.OptimizerUlps * ulp);
        }
    }

    private static Optimizer Create(Type type) => (Optimizer)Activator.CreateInstance(type)!;
}
