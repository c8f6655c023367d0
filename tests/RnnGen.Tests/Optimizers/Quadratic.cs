using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Tests.Optimizers;

/// <summary>The loss Σ aᵢ (wᵢ − cᵢ)² / 2, and an optimizer at work on it.</summary>
internal sealed unsafe class Quadratic<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostMoments = 4;

    private readonly double[] _curvature;
    private readonly double[] _minimum;
    private readonly Arena<T> _gradients;
    private readonly Arena<T>[] _moments;
    private long _steps;

    public Quadratic(double[] start, double[] curvature, double[] minimum)
    {
        (_curvature, _minimum) = (curvature, minimum);
        Weights = new Arena<T>(start.Length);
        _gradients = new Arena<T>(start.Length);
        _moments = [.. Enumerable.Range(0, MostMoments).Select(_ => new Arena<T>(start.Length))];
        for (int i = 0; i < start.Length; i++)
        {
            Weights.Span[i] = T.CreateTruncating(start[i]);
        }
    }

    public Arena<T> Weights { get; }

    public double Loss => _curvature.Select((a, i) => a * Math.Pow(Weight(i) - _minimum[i], 2) / 2).Sum();

    public static Quadratic<T> Random(int size)
    {
        var random = new CounterRandom(31, (ulong)size);
        double[] start = new double[size], curvature = new double[size], minimum = new double[size];
        for (int i = 0; i < size; i++)
        {
            start[i] = random.NextNormal();
            curvature[i] = random.NextUniform(0.5, 2);
            minimum[i] = random.NextNormal();
        }

        return new(start, curvature, minimum);
    }

    /// <summary>Takes a step, the arenas cut in ranges of the given length; 0 does not cut them.</summary>
    public void Step(Optimizer optimizer, SimdTarget target, double learningRate, double gradientScale = 1, int cut = 0)
    {
        for (int i = 0; i < Weights.Length; i++)
        {
            _gradients.Span[i] = T.CreateTruncating(_curvature[i] * (Weight(i) - _minimum[i]));
        }

        _steps++;
        int length = cut == 0 ? Weights.Length : cut;
        T** moments = stackalloc T*[MostMoments];
        for (int start = 0; start < Weights.Length; start += length)
        {
            for (int moment = 0; moment < MostMoments; moment++)
            {
                moments[moment] = _moments[moment].Pointer + start;
            }

            optimizer.Update(target, new UpdateRange<T>
            {
                Parameters = Weights.Pointer + start,
                Gradients = _gradients.Pointer + start,
                Moments = moments,
                MomentCount = optimizer.MomentCount,
                Length = Math.Min(length, Weights.Length - start),
                GradientScale = gradientScale,
                LearningRate = learningRate,
                Step = _steps,
            });
        }
    }

    private double Weight(int i) => double.CreateTruncating(Weights.Span[i]);
}
