using RnnGen.Kernels;
using RnnGen.Tests.Kernels;

namespace RnnGen.Tests.Optimizers;

/// <summary>An optimizer of three moments against its paper's equations, one number at a time.</summary>
public sealed unsafe class ThreeMomentsTests
{
    private const int Size = 33;
    private const double Rate = 0.01;

    [Theory]
    [MemberData(nameof(SupportedTargets.All), MemberType = typeof(SupportedTargets))]
    public void Update_GradientsThatShrink_EqualsTheEquations(SimdTarget target)
    {
        var weights = new Arena<double>(Size);
        var gradients = new Arena<double>(Size);
        Arena<double>[] arenas = [new(Size), new(Size), new(Size)];
        double** moments = stackalloc double*[3];
        for (int moment = 0; moment < 3; moment++)
        {
            moments[moment] = arenas[moment].Pointer;
        }

        var expected = new Reference[Size];
        for (int step = 1; step <= 20; step++)
        {
            // They shrink, so that the largest second moment is soon an old one.
            for (int i = 0; i < Size; i++)
            {
                gradients.Span[i] = Math.Sin((3 * i) + step) * Math.Exp(-0.4 * step);
                expected[i].Update(gradients.Span[i], step);
            }

            new ThreeMoments().Update(target, new UpdateRange<double>
            {
                Parameters = weights.Pointer,
                Gradients = gradients.Pointer,
                Moments = moments,
                MomentCount = 3,
                Length = Size,
                GradientScale = 1,
                LearningRate = Rate,
                Step = step,
            });
        }

        for (int i = 0; i < Size; i++)
        {
            Assert.Equal(expected[i].Weight, weights.Span[i], Tolerances.PyTorchOptimizer);
            Assert.Equal(expected[i].Largest, arenas[2].Span[i], Tolerances.PyTorchOptimizer);
            Assert.True(arenas[2].Span[i] > arenas[1].Span[i], "The largest second moment is the last one.");
        }
    }

    private struct Reference
    {
        private double _mean;
        private double _square;

        public double Largest { get; private set; }

        public double Weight { get; private set; }

        public void Update(double gradient, int step)
        {
            _mean = (ThreeMoments.Beta1 * _mean) + ((1 - ThreeMoments.Beta1) * gradient);
            _square = (ThreeMoments.Beta2 * _square) + ((1 - ThreeMoments.Beta2) * gradient * gradient);
            Largest = Math.Max(Largest, _square);
            double unbiasedMean = _mean / (1 - Math.Pow(ThreeMoments.Beta1, step));
            double unbiasedSquare = Largest / (1 - Math.Pow(ThreeMoments.Beta2, step));
            Weight -= Rate * unbiasedMean / (Math.Sqrt(unbiasedSquare) + ThreeMoments.Epsilon);
        }
    }
}
