using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Tests.Kernels;

namespace RnnGen.Tests.Optimizers;

public sealed unsafe class OptimizerTests
{
    /// <summary>Every optimizer of the runtime with its defaults: whoever adds one gets these tests.</summary>
    public static TheoryData<Type> All
        => [.. typeof(Optimizer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Optimizer)) && !t.IsAbstract)];

    /// <summary>Those, and one of these tests with three moments.</summary>
    public static TheoryData<Type> WithMine
        => [.. All.Cast<object[]>().Select(row => (Type)row[0]), typeof(ThreeMoments)];

    [Theory]
    [MemberData(nameof(WithMine))]
    public void Optimizer_ConvexQuadratic_Converges(Type type)
    {
        Converges<float>(Create(type));
        Converges<double>(Create(type));
    }

    [Theory]
    [MemberData(nameof(WithMine))]
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
    [MemberData(nameof(WithMine))]
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
    [MemberData(nameof(WithMine))]
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
    [MemberData(nameof(WithMine))]
    public void Update_AfterWarmUp_AllocatesNothing(Type type)
    {
        var optimizer = Create(type);
        var weights = new Arena<float>(33);
        var moments = new Arena<float>(33);
        float** pointers = stackalloc float*[Optimizer.MaxMomentCount];
        new Span<nint>(pointers, Optimizer.MaxMomentCount).Fill((nint)moments.Pointer);
        var range = new UpdateRange<float>
        {
            Parameters = weights.Pointer,
            Gradients = weights.Pointer,
            Moments = pointers,
            MomentCount = Optimizer.MaxMomentCount,
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
    [MemberData(nameof(WithMine))]
    public void Update_BadRange_Throws(Type type)
    {
        var optimizer = Create(type);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => optimizer.Update(SimdTarget.Scalar, new UpdateRange<float> { Length = -1, Step = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => optimizer.Update(SimdTarget.Scalar, new UpdateRange<float> { Length = 0, Step = 0 }));
        for (int given = 0; given < optimizer.MomentCount; given++)
        {
            // Neither too few pointers nor a null among them is touched.
            AssertLacks(optimizer, given, missing: given);
            AssertLacks(optimizer, optimizer.MomentCount, missing: given);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Optimizer.MaxMomentCount + 1)]
    public void MomentCount_OutOfRange_IsRefusedByName(int count)
    {
        var optimizer = new AnyMoments(count);
        var thrown = Assert.Throws<InvalidOperationException>(
            () => optimizer.Update(SimdTarget.Scalar, new UpdateRange<float> { Length = 0, Step = 1 }));
        Assert.Equal($"AnyMoments has a MomentCount of {count}: it must be 0 to 64.", thrown.Message);
    }

    // Each moment sums the one before it, and the weight moves by the last one.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(Optimizer.MaxMomentCount)]
    public void MomentCount_AnyNumber_IsReadAndWrittenEach(int count)
    {
        double** pointers = stackalloc double*[Optimizer.MaxMomentCount];
        foreach (var target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
        {
            var weights = new Arena<double>(13);
            var gradients = new Arena<double>(13);
            gradients.Span.Fill(1);
            var moments = Enumerable.Range(0, count).Select(_ => new Arena<double>(13)).ToArray();
            for (int moment = 0; moment < count; moment++)
            {
                pointers[moment] = moments[moment].Pointer;
            }

            double[] expected = new double[count + 1];
            double weight = 0;
            for (int step = 1; step <= 3; step++)
            {
                new AnyMoments(count).Update(target, new UpdateRange<double>
                {
                    Parameters = weights.Pointer,
                    Gradients = gradients.Pointer,
                    Moments = pointers,
                    MomentCount = count,
                    Length = 13,
                    GradientScale = 1,
                    Step = step,
                });
                expected[0] = 1;
                for (int moment = 1; moment <= count; moment++)
                {
                    expected[moment] += expected[moment - 1];
                }

                weight -= expected[count];
            }

            Assert.Equal(Enumerable.Repeat(weight, 13), weights.Span.ToArray());
            Assert.Equal(expected[1..], moments.Select(moment => moment.Span[12]));
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

    private static void AssertLacks(Optimizer optimizer, int given, int missing)
    {
        var moments = new Arena<float>(1);
        nint[] pointers = [.. Enumerable.Range(0, given).Select(i => i == missing ? 0 : (nint)moments.Pointer), 0];
        fixed (nint* first = pointers)
        {
            var range = new UpdateRange<float> { Step = 1, Moments = (float**)first, MomentCount = given };
            var thrown = Assert.Throws<ArgumentException>("range", () => optimizer.Update(SimdTarget.Scalar, range));
            Assert.Contains($"number {missing} is missing", thrown.Message, StringComparison.Ordinal);
        }
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
