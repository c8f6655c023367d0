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

    // Of a model's outputs, which are all the same.
    private const int Lanes = TanhModel.OutputSize;

    private static readonly float[] SpecialNumbers =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0, -0f];

    private delegate void TensorSetter(string name, ReadOnlySpan<float> values);

    public delegate void ForwardPass(ReadOnlySpan<float> inputs, int sequences, Span<float> outputs);

    public required string Name { get; init; }

    public required ForwardPass Forward { get; init; }

    public required Func<double, double> Exact { get; init; }

    /// <summary>What comes of NaN, ∞, −∞, the largest and the smallest finite number, 0 and −0.</summary>
    public required float[] Special { get; init; }

    /// <summary>Below this the result is no normal number any more, and must only be tiny.</summary>
    public double TinyBelow { get; init; } = double.NegativeInfinity;

    /// <summary>Functions whose errors add up in the results.</summary>
    public int Functions { get; init; } = 1;

    /// <summary>The activations as emitted for a target.</summary>
    public static FunctionCheck[] Of(SimdTarget target)
    {
        var tanh = new TanhModel(seed: 1, target);
        var sigmoid = new SigmoidModel(seed: 1, target);
        var relu = new ReluModel(seed: 1, target);
        TensorSetter[] setters = [tanh.SetTensor, sigmoid.SetTensor, relu.SetTensor];
        foreach (TensorSetter set in setters)
        {
            set("dense.weight", [1, 1, 1, 1, 1]);
            set("dense.bias", [0, 0, 0, 0, 0]);
        }

        return
        [
            new()
            {
                Name = "Tanh",
                Forward = tanh.Forward,
                Exact = Math.Tanh,
                Special = [float.NaN, 1, -1, 1, -1, 0, 0],
            },
            new()
            {
                Name = "Sigmoid",
                Forward = sigmoid.Forward,
                Exact = x => 1 / (1 + Math.Exp(-x)),
                Special = [float.NaN, 1, 0, 1, 0, 0.5f, 0.5f],
                TinyBelow = -87.33f,
            },
            new()
            {
                Name = "Relu",
                Forward = relu.Forward,
                Exact = x => Math.Max(0, x),
                Special = [float.NaN, float.PositiveInfinity, 0, float.MaxValue, 0, 0, 0],
            },
            TanhTimes(target),
        ];
    }

    // σ(x) ⊙ tanh(c). All gates but the output gate are 1, so that the cell state counts the steps.
    private static FunctionCheck TanhTimes(SimdTarget target)
    {
        var model = new TanhTimesModel(seed: 1, target);
        float[] ones = [1, 1, 1, 1, 1];
        float[] saturated = [100, 100, 100, 100, 100];
        model.SetTensor("lstm.weight_ih_l0", [.. new float[15], .. ones]);
        model.SetTensor("lstm.weight_hh_l0", new float[20 * 5]);
        model.SetTensor("lstm.bias_ih_l0", [.. saturated, .. saturated, .. saturated, .. new float[5]]);
        TanhTimesModel.State state = model.CreateState();

        // From 1 to 12, by the exponent of x; more than 8, where tanh is 1, for zeros and the ends.
        int StepsOf(float x) => 12 - (int)((BitConverter.SingleToUInt32Bits(x) >> 23) % 256 % 12);
        return new()
        {
            Name = "TanhTimes",
            Forward = (inputs, _, outputs) =>
            {
                for (int i = 0; i < inputs.Length; i++)
                {
                    state.Reset();
                    for (int step = StepsOf(inputs[i]); step > 0; step--)
                    {
                        model.Step(inputs.Slice(i, 1), state).CopyTo(outputs.Slice(i * Lanes, Lanes));
                    }
                }
            },
            Exact = x => Math.Tanh(StepsOf((float)x)) / (1 + Math.Exp(-x)),
            // The other gates' weights are 0, and 0 · ∞ is no number.
            Special = [float.NaN, float.NaN, float.NaN, 1, 0, 0.5f, 0.5f],
            TinyBelow = -87,
            Functions = 2,
        };
    }

    /// <summary>Compares the results of every stride-th single number, and of some more where they matter.</summary>
    /// <param name="stride">1 for all numbers, which takes an hour and a half.</param>
    public ReportLine Run(SimdTarget target, uint stride)
    {
        var line = new ReportLine();
        line.Add("target", $"{target}");
        line.Add("function", Name);
        var worst = new WorstError<float>(nowhere: 0);
        float[] inputs = new float[TanhModel.Steps * TanhModel.Batch];
        float[] results = new float[inputs.Length * Lanes];
        foreach (float[] numbers in Numbers(stride).Chunk(inputs.Length))
        {
            numbers.CopyTo(inputs, 0);
            Forward(inputs, TanhModel.Batch, results);
            for (int i = 0; i < numbers.Length; i++)
            {
                worst.Add(Error(numbers[i], results.AsSpan(i * Lanes, Lanes)), numbers[i]);
            }
        }

        line.Add("worst_at", $"{worst.Place:r}");
        line.AddError(
            "ulps",
            worst.Value,
            Functions * (Rounding.IsOnce(target) ? FunctionTolerances.Ulps : FunctionTolerances.UlpsRoundingTwice));
        SpecialNumbers.CopyTo(inputs, 0);
        Forward(inputs, TanhModel.Batch, results);
        for (int i = 0; i < SpecialNumbers.Length * Lanes; i++)
        {
            int number = i / Lanes;
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
