using RnnGen.Kernels;
using RnnGen.Tests.Kernels;

namespace RnnGen.Tests.Losses;

public sealed class LossTests
{
    public static TheoryData<Type> All => LossRow.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Gradient_OddSizes_EqualsFiniteDifferences(Type type)
    {
        const double step = 1e-5;
        const double scale = 0.25;
        var loss = LossRow.Of(type);
        foreach (int size in SupportedTargets.OddSizes)
        {
            double[] outputs = Outputs(size);
            double[] gradient = loss.Run<double>(SimdTarget.Scalar, outputs, scale).Gradient;
            for (int i = 0; i < size; i++)
            {
                double above = LossAt(loss, outputs, i, step);
                double below = LossAt(loss, outputs, i, -step);
                Assert.Equal(scale * (above - below) / (2 * step), gradient[i], Tolerances.FiniteDifference);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Row_EveryTargetAndPrecision_EqualsScalarDouble(Type type)
    {
        var loss = LossRow.Of(type);
        foreach (var target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
        {
            foreach (int size in (int[])[.. SupportedTargets.OddSizes, 10_000])
            {
                double[] outputs = Outputs(size);
                var expected = loss.Run<double>(SimdTarget.Scalar, outputs, 0.5);
                int bytes = SupportedTargets.VectorBytes(target);
                AssertClose(expected, loss.Run<float>(target, outputs, 0.5), size, bytes / 4, Tolerances.SingleUlp);
                AssertClose(expected, loss.Run<double>(target, outputs, 0.5), size, bytes / 8, Tolerances.DoubleUlp);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Row_NaNAmongTheOutputs_GivesNaN(Type type)
    {
        foreach (var target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
        {
            foreach (int size in SupportedTargets.OddSizes)
            {
                for (int i = 0; i < size; i++)
                {
                    double[] outputs = Outputs(size);
                    outputs[i] = double.NaN;
                    double loss = LossRow.Of(type).Run<float>(target, outputs, 1).Loss;
                    Assert.True(double.IsNaN(loss), $"{target}, output {i} of {size}: {loss}");
                }
            }
        }
    }

    private static void AssertClose(
        (double Loss, double[] Gradient) expected,
        (double Loss, double[] Gradient) actual,
        int size,
        int lanes,
        double ulp)
    {
        double tolerance = Tolerances.SoftmaxUlps * ulp;
        Assert.Equal(expected.Loss, actual.Loss, tolerance * (1 + Math.Abs(expected.Loss)));
        for (int i = 0; i < size; i++)
        {
            Assert.Equal(expected.Gradient[i], actual.Gradient[i], tolerance);
        }

        int padded = lanes > 1 ? (size + lanes - 1) / lanes * lanes : size;
        Assert.All(actual.Gradient[size..padded], padding => Assert.Equal(0, padding));
    }

    private static double LossAt(LossRow loss, double[] outputs, int index, double change)
    {
        double[] changed = [.. outputs];
        changed[index] += change;
        return loss.Run<double>(SimdTarget.Scalar, changed, 1).Loss;
    }

    private static double[] Outputs(int size)
    {
        // Representable in single precision, so that both precisions start from the same numbers.
        var random = new CounterRandom(21, (ulong)size);
        return [.. Enumerable.Range(0, size).Select(_ => (double)(float)(2 * random.NextNormal()))];
    }
}
