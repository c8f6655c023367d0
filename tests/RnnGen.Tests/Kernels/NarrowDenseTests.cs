using System.Numerics;
using RnnGen.Kernels;

namespace RnnGen.Tests.Kernels;

/// <summary>Against plain loops in double; what must not be read is NaN, what must not be written -1.</summary>
public sealed unsafe class NarrowDenseTests
{
    private const int Rows = 5;

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

    private static void Check<T>(SimdTarget target, int inputs, int results, double ulp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Rows of x without padding, as a batch's features lie: behind the last one stands what nobody may read.
        int stride = inputs + 16 - (inputs % 16);
        T[] x = Numbers<T>(Rows, inputs, inputs, T.NaN, seed: 1);
        T[] weights = Numbers<T>(results, inputs, stride, T.Zero, seed: 2);
        T[] bias = Numbers<T>(1, results, results, T.NaN, seed: 3);
        T[] dy = Numbers<T>(Rows, results, 16, T.NaN, seed: 4);
        T[] y = Filled<T>(Rows * 16);
        T[] dx = Filled<T>(Rows * stride);
        T[] dweights = Filled<T>(results * stride);
        fixed (T* px = x, pw = weights, pb = bias, pdy = dy, py = y, pdx = dx, pdw = dweights)
        {
            var work = new Work
            {
                X = px,
                Weights = pw,
                Bias = pb,
                Dy = pdy,
                Y = py,
                Dx = pdx,
                Dweights = pdw,
                Inputs = inputs,
                Results = results,
                Stride = stride,
            };
            SimdTargets.Run<Work, T>(target, ref work);
        }

        // Normal numbers: sums of n products of them are of the order of n, and round n times.
        double tolerance = (inputs + Rows) * (inputs + Rows) * ulp;
        for (int unit = 0; unit < results; unit++)
        {
            for (int i = 0; i < Rows; i++)
            {
                double sum = Double(bias[unit]) + Enumerable.Range(0, inputs).Sum(
                    k => Double(x[(i * inputs) + k]) * Double(weights[(unit * stride) + k]));
                Assert.Equal(sum, Double(y[(i * 16) + unit]), tolerance);
            }

            for (int k = 0; k < stride; k++)
            {
                double sum = k >= inputs ? -1 : Enumerable.Range(0, Rows).Sum(
                    i => Double(x[(i * inputs) + k]) * Double(dy[(i * 16) + unit]));
                Assert.Equal(sum, Double(dweights[(unit * stride) + k]), tolerance);
            }
        }

        for (int i = 0; i < Rows; i++)
        {
            for (int k = 0; k < inputs; k++)
            {
                double sum = Enumerable.Range(0, results).Sum(
                    unit => Double(dy[(i * 16) + unit]) * Double(weights[(unit * stride) + k]));
                Assert.Equal(sum, Double(dx[(i * stride) + k]), tolerance);
            }
        }
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

        public readonly void Run<TLanes, TNumber>()
            where TLanes : unmanaged, ILanes<TLanes, TNumber>
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
        {
            NarrowDense<TLanes, TNumber>.Forward(
                (TNumber*)X, Inputs, Rows, (TNumber*)Weights, Stride, Inputs, (TNumber*)Bias, Results, (TNumber*)Y, 16);
            NarrowDense<TLanes, TNumber>.DifferentiateInputs(
                (TNumber*)Dy, 16, Rows, Results, (TNumber*)Weights, Stride, Inputs, (TNumber*)Dx, Stride);

            // Two workers' shares.
            int middle = Inputs / 2 / TLanes.Count * TLanes.Count;
            NarrowDense<TLanes, TNumber>.DifferentiateWeights(
                (TNumber*)X, Inputs, (TNumber*)Dy, 16, Rows, Results, 0, middle, (TNumber*)Dweights, Stride);
            NarrowDense<TLanes, TNumber>.DifferentiateWeights(
                (TNumber*)X, Inputs, (TNumber*)Dy, 16, Rows, Results, middle, Inputs, (TNumber*)Dweights, Stride);
        }
    }
}
