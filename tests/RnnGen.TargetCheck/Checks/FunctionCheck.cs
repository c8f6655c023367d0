using RnnGen.Kernels;
using RnnGen.TargetCheck.Models;

namespace RnnGen.TargetCheck.Checks;

/// <summary>
/// Activations in single precision against the library's in double, and what they make of infinities and of what is no
/// number, where processors differ.
/// </summary>
internal sealed class FunctionCheck
{
    /// <summary>A prime, so that mantissas of all kinds occur: 65,552 of the 2³² single numbers.</summary>
    public const uint Stride = 65521;

    private const float SmallestNormal = 1.17549435e-38f;

    private static readonly float[] SpecialNumbers =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0, -0f];

    public delegate void TensorSetter(string name, ReadOnlySpan<float> values);

    public delegate void ForwardPass(ReadOnlySpan<float> inputs, ReadOnlySpan<int> lengths, Span<float> outputs);

    public required string Name { get; init; }

    public required TensorSetter Set { get; init; }

    public required ForwardPass Forward { get; init; }

    public required Func<double, double> Exact { get; init; }

    /// <summary>What comes of NaN, ∞, −∞, the largest and the smallest finite number, 0 and −0.</summary>
    public required float[] Special { get; init; }

    /// <summary>Below this the result is no normal number any more, and must only be tiny.</summary>
    public double TinyBelow { get; init; } = double.NegativeInfinity;

    /// <summary>The activations as emitted for a target.</summary>
    public static FunctionCheck[] Of(SimdTarget target)
    {
        var tanh = new TanhModel(seed: 1, target);
        var sigmoid = new SigmoidModel(seed: 1, target);
        var relu = new ReluModel(seed: 1, target);
        return
        [
            new()
            {
                Name = "Tanh",
                Set = tanh.SetTensor,
                Forward = tanh.Forward,
                Exact = Math.Tanh,
                Special = [float.NaN, 1, -1, 1, -1, 0, 0],
            },
            new()
            {
                Name = "Sigmoid",
                Set = sigmoid.SetTensor,
                Forward = sigmoid.Forward,
                Exact = x => 1 / (1 + Math.Exp(-x)),
                Special = [float.NaN, 1, 0, 1, 0, 0.5f, 0.5f],
                TinyBelow = -87,
            },
            new()
            {
                Name = "Relu",
                Set = relu.SetTensor,
                Forward = relu.Forward,
                Exact = x => Math.Max(0, x),
                Special = [float.NaN, float.PositiveInfinity, 0, float.MaxValue, 0, 0, 0],
            },
        ];
    }

    /// <summary>Compares the results of every stride-th single number, and of some more where they matter.</summary>
    /// <param name="stride">1 for all numbers, which takes an hour and a half.</param>
    public ReportLine Run(SimdTarget target, uint stride)
    {
        var line = new ReportLine();
        line.Add("target", $"{target}");
        line.Add("function", Name);
        Set("dense.weight", [1, 1, 1, 1, 1]);
        Set("dense.bias", [0, 0, 0, 0, 0]);
        var worst = new WorstError<float>(nowhere: 0);
        float[] inputs = new float[TanhModel.Steps * TanhModel.Batch];
        float[] results = new float[inputs.Length * TanhModel.OutputSize];
        foreach (float[] numbers in Numbers(stride).Chunk(inputs.Length))
        {
            numbers.CopyTo(inputs, 0);
            Forward(inputs, [], results);
            for (int i = 0; i < numbers.Length; i++)
            {
                ReadOnlySpan<float> lanes = results.AsSpan(i * TanhModel.OutputSize, TanhModel.OutputSize);
                worst.Add(Error(numbers[i], lanes), numbers[i]);
            }
        }

        line.Add("worst_at", $"{worst.Place:r}");
        line.AddError(
            "ulps",
            worst.Value,
            Rounding.IsOnce(target) ? FunctionTolerances.Ulps : FunctionTolerances.UlpsRoundingTwice);
        SpecialNumbers.CopyTo(inputs, 0);
        Forward(inputs, [], results);
        for (int i = 0; i < SpecialNumbers.Length * TanhModel.OutputSize; i++)
        {
            int number = i / TanhModel.OutputSize;
            line.Require(results[i].Equals(Special[number]), $"it is {results[i]} at {SpecialNumbers[number]}");
        }

        return line;
    }

    // The worst lane, in units in the last place of the exact result. Below the smallest normal number their grid is as
    // at it.
    private double Error(float x, ReadOnlySpan<float> results)
    {
        double exact = Exact(x);
        float magnitude = Math.Max((float)Math.Abs(exact), SmallestNormal);
        double unit = MathF.BitIncrement(magnitude) - magnitude;
        double worst = 0;
        foreach (float result in results)
        {
            double error = Math.Abs(result - exact) / unit;
            if (x < TinyBelow)
            {
                error = result is >= 0 and < 1.5f * SmallestNormal ? 0 : double.NaN;
            }

            // Math.Max is NaN where an argument is.
            worst = Math.Max(worst, error);
        }

        return worst;
    }

    private static IEnumerable<float> Numbers(uint stride)
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += stride)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits);
            if (float.IsFinite(x))
            {
                yield return x;
            }
        }

        // Densely where the functions bend, and where their parts meet.
        for (int i = -20_000; i <= 20_000; i++)
        {
            yield return i / 200f;
        }
    }
}
