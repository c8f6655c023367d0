using System.Numerics;
using RnnGen.Kernels;
using RnnGen.Tests.Comparison;

namespace RnnGen.Tests.Kernels;

/// <summary>Against plain loops in double; what must not be read is NaN, what must not be written -1.</summary>
public sealed unsafe class NarrowDenseTests
{
    private const int Rows = 5;

    // Numbers in a row of results.
    private const int Padded = 16;

    private const double Untouched = -1;

    public static TheoryData<SimdTarget, int, int> Cases
    {
        get
        {
            var data = new TheoryData<SimdTarget, int, int>();
            foreach (var target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
            {
                foreach (int inputs in new[] { 16, 19, 33, 130 })
                {
                    data.Add(target, inputs, 1);
                    data.Add(target, inputs, 4);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Products_AnySizes_EqualSumsInDouble(SimdTarget target, int inputs, int results)
    {
        Check<float>(target, inputs, results, Tolerances.SingleUlp);
        Check<double>(target, inputs, results, Tolerances.DoubleUlp);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Products_EveryTarget_GiveTheSameBits(SimdTarget target, int inputs, int results)
    {
        if (!Rounding.IsOnce(target) || !Rounding.IsOnce(SimdTarget.Scalar))
        {
            return;
        }

        Outcome<float> one = Run<float>(SimdTarget.Scalar, inputs, results, workers: 1);
        Outcome<float> other = Run<float>(target, inputs, results, workers: 3);
        for (int unit = 0; unit < results; unit++)
        {
            Assert.Equal(Column(one.Results, Padded, unit), Column(other.Results, Padded, unit));
        }

        Assert.Equal(one.WeightGradient, other.WeightGradient);
        for (int k = 0; k < inputs; k++)
        {
            Assert.Equal(Column(one.InputGradient, one.Stride, k), Column(other.InputGradient, one.Stride, k));
        }
    }

    private static T[] Column<T>(T[] rows, int stride, int column) =>
        [.. Enumerable.Range(0, Rows).Select(i => rows[(i * stride) + column])];

    private static void Check<T>(SimdTarget target, int inputs, int results, double ulp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Outcome<T> outcome = Run<T>(target, inputs, results, workers: 2);
        int stride = outcome.Stride;
        int lanes = Lanes<T>(target);
        for (int i = 0; i < Rows; i++)
        {
            for (int unit = 0; unit < Padded; unit++)
            {
                double y = Double(outcome.Results[(i * Padded) + unit]);
                if (unit >= results)
                {
                    Assert.Equal(unit < Whole(results, lanes) ? 0 : Untouched, y);
                    continue;
                }

                double[] terms = [Double(outcome.Bias[unit]), .. Enumerable.Range(0, inputs).Select(
                    k => Double(outcome.Inputs[(i * inputs) + k]) * Double(outcome.Weights[(unit * stride) + k]))];
                AssertSum(terms, y, ulp);
            }

            for (int k = 0; k < stride; k++)
            {
                double dx = Double(outcome.InputGradient[(i * stride) + k]);
                if (k >= inputs)
                {
                    Assert.Equal(k < Whole(inputs, lanes) ? 0 : Untouched, dx);
                    continue;
                }

                double[] terms = [.. Enumerable.Range(0, results).Select(
                    unit => Double(outcome.Gradients[(i * Padded) + unit])
                        * Double(outcome.Weights[(unit * stride) + k]))];
                AssertSum(terms, dx, ulp);
            }
        }

        for (int unit = 0; unit < results; unit++)
        {
            for (int k = 0; k < stride; k++)
            {
                double dw = Double(outcome.WeightGradient[(unit * stride) + k]);
                if (k >= inputs)
                {
                    Assert.Equal(Untouched, dw);
                    continue;
                }

                double[] terms = [.. Enumerable.Range(0, Rows).Select(
                    i => Double(outcome.Inputs[(i * inputs) + k]) * Double(outcome.Gradients[(i * Padded) + unit]))];
                AssertSum(terms, dw, ulp);
            }
        }
    }

    // Each term rounds the sum by half a unit of what has been summed.
    private static void AssertSum(double[] terms, double sum, double ulp) =>
        Assert.Equal(terms.Sum(), sum, terms.Length * ulp / 2 * terms.Sum(Math.Abs));

    private static int Whole(int count, int lanes) => (count + lanes - 1) / lanes * lanes;

    private static int Lanes<T>(SimdTarget target)
        where T : unmanaged
        => Math.Max(1, SupportedTargets.VectorBytes(target) / sizeof(T));

    private static Outcome<T> Run<T>(SimdTarget target, int inputs, int results, int workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Rows of x without padding, as a batch's features lie: behind the last one stands what nobody may read.
        int stride = inputs + 16 - (inputs % 16);
        var outcome = new Outcome<T>
        {
            Stride = stride,
            Inputs = Numbers<T>(Rows, inputs, inputs, T.NaN, seed: 1),
            Weights = Numbers<T>(results, inputs, stride, T.Zero, seed: 2),
            Bias = Numbers<T>(1, results, results, T.NaN, seed: 3),
            Gradients = Numbers<T>(Rows, results, Padded, T.NaN, seed: 4),
            Results = Filled<T>(Rows * Padded),
            InputGradient = Filled<T>(Rows * stride),
            WeightGradient = Filled<T>(results * stride),
        };
        fixed (T* x = outcome.Inputs, weights = outcome.Weights, bias = outcome.Bias, dy = outcome.Gradients)
        fixed (T* y = outcome.Results, dx = outcome.InputGradient, dweights = outcome.WeightGradient)
        {
            var work = new Work
            {
                X = x,
                Weights = weights,
                Bias = bias,
                Dy = dy,
                Y = y,
                Dx = dx,
                Dweights = dweights,
                Inputs = inputs,
                Results = results,
                Stride = stride,
                Workers = workers,
            };
            SimdTargets.Run<Work, T>(target, ref work);
        }

        return outcome;
    }

    private static double Double<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => double.CreateTruncating(value);

    private static T[] Filled<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var numbers = new T[length];
        Array.Fill(numbers, T.NegativeOne);
        return numbers;
    }

    private static T[] Numbers<T>(int rows, int width, int stride, T padding, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(seed, (ulong)width);
        var numbers = new T[(rows * stride) + 16];
        Array.Fill(numbers, padding);
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < width; k++)
            {
                numbers[(i * stride) + k] = T.CreateTruncating(random.NextNormal());
            }
        }

        return numbers;
    }

    private sealed class Outcome<T>
    {
        public required int Stride { get; init; }

        public required T[] Inputs { get; init; }

        public required T[] Weights { get; init; }

        public required T[] Bias { get; init; }

        public required T[] Gradients { get; init; }

        public required T[] Results { get; init; }

        public required T[] InputGradient { get; init; }

        public required T[] WeightGradient { get; init; }
    }

    private struct Work : ILanesWork
    {
        public void* X;
        public void* Weights;
        public void* Bias;
        public void* Dy;
        public void* Y;
        public void* Dx;
        public void* Dweights;
        public int Inputs;
        public int Results;
        public int Stride;
        public int Workers;

        public readonly void Run<TLanes, TNumber>()
            where TLanes : unmanaged, ILanes<TLanes, TNumber>
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
        {
            NarrowDense<TLanes, TNumber>.Forward(
                (TNumber*)X, Inputs, Rows, (TNumber*)Weights, Stride, Inputs, (TNumber*)Bias, Results, (TNumber*)Y,
                Padded);
            NarrowDense<TLanes, TNumber>.DifferentiateInputs(
                (TNumber*)Dy, Padded, Rows, Results, (TNumber*)Weights, Stride, Inputs, (TNumber*)Dx, Stride);

            int vectors = (Inputs + TLanes.Count - 1) / TLanes.Count;
            for (int worker = 0; worker < Workers; worker++)
            {
                int first = vectors * worker / Workers * TLanes.Count;
                int end = Math.Min(Inputs, vectors * (worker + 1) / Workers * TLanes.Count);
                NarrowDense<TLanes, TNumber>.DifferentiateWeights(
                    (TNumber*)X, Inputs, (TNumber*)Dy, Padded, Rows, Results, first, end, (TNumber*)Dweights, Stride);
            }
        }
    }
}
