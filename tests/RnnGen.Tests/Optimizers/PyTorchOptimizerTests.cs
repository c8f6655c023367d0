using RnnGen.Kernels;

namespace RnnGen.Tests.Optimizers;

/// <summary>
/// Twelve steps on a quadratic in double, its gradient halved before each, against PyTorch 2.6: <c>SGD</c>,
/// <c>RMSprop</c>, <c>Adam</c> and <c>AdamW</c> with the same options, PyTorch's defaults where none are given.
/// </summary>
public sealed class PyTorchOptimizerTests
{
    public static TheoryData<Optimizer, double, double[]> Cases => new()
    {
        {
            new Sgd(), 0.05,
            [0.36899917291332557, -1.1834204339573424, 0.17712354764462143, 0.019683236479759218, -0.3]
        },
        {
            new Sgd { Momentum = 0.9, WeightDecay = 0.1 }, 0.05,
            [-0.06863780873399453, -0.6500826518826315, -2.4472876194316555, 0.014483786028343265, -0.23318054743396985]
        },
        {
            new Sgd { Momentum = 0.9, WeightDecay = 0.1, Nesterov = true }, 0.05,
            [-0.06238159893415706, -0.601086234930658, -1.8330355648033714, 0.018752064183298913, -0.23062805350617424]
        },
        {
            new RmsProp(), 0.01,
            [0.09411287771635755, -0.7122822522823383, 1.4545502068025187, 0.019999999988704935, -0.3]
        },
        {
            new RmsProp { Smoothing = 0.9, Epsilon = 1e-4, Momentum = 0.8, WeightDecay = 0.1 }, 0.01,
            [-0.03912096285921641, -0.5655586084427962, 1.2921569420560823, 0.025575585109424787, -0.2256061648174074]
        },
        {
            new Adam(), 0.02,
            [0.2663183007701065, -1.0110495135850133, 1.7607715172954066, 0.018340660829897104, -0.3]
        },
        {
            new Adam { Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3, WeightDecay = 0.1 }, 0.02,
            [0.2699135885053845, -1.0133332847430745, 1.7612426849393414, 0.01769689796716753, -0.20143122188565313]
        },
        {
            new AdamW(), 0.02,
            [0.26541814094431065, -1.0083294280516735, 1.7562559733441496, 0.01833050804287515, -0.2999970839889399]
        },
        {
            new AdamW { Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3, WeightDecay = 0.3 }, 0.02,
            [0.24441463565086918, -0.9349010891107631, 1.630320120032069, 0.01806614341823883, -0.2994675583174351]
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Update_TwelveSteps_EqualsPyTorch(Optimizer optimizer, double learningRate, double[] expected)
    {
        foreach (var target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
        {
            var model = new Quadratic<double>(
                start: [0.5, -1.25, 2.0, 0.01, -0.3],
                curvature: [1.0, 0.1, 3.0, 10.0, 0.5],
                minimum: [0.0, 1.0, -1.0, 0.02, -0.3]);
            for (int step = 0; step < 12; step++)
            {
                model.Step(optimizer, target, learningRate, gradientScale: 0.5);
            }

            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], model.Weights.Span[i], Tolerances.PyTorchOptimizer);
            }
        }
    }

    /// <summary>Whoever adds an optimizer adds values of PyTorch's, or of its paper's equations.</summary>
    [Theory]
    [MemberData(nameof(OptimizerTests.All), MemberType = typeof(OptimizerTests))]
    public void Optimizer_OfTheRuntime_HasACase(Type type)
        => Assert.True(
            Cases.Cast<object[]>().Any(row => row[0].GetType() == type),
            $"{type.Name} is compared with no reference values.");

    [Fact]
    public void LearningRate_Defaults_ArePyTorchs()
    {
        Assert.Equal(1e-3, new Sgd().LearningRate);
        Assert.Equal(1e-2, new RmsProp().LearningRate);
        Assert.Equal(1e-3, new Adam().LearningRate);
        Assert.Equal(1e-3, new AdamW().LearningRate);
        Assert.Equal(2e-3f, new Adam { LearningRate = 2e-3f }.LearningRate);
    }
}
