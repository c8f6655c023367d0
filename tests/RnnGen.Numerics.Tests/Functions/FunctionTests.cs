using RnnGen.Kernels;
using RnnGen.Numerics.Tests.Harness;
using RnnGen.Numerics.Tests.Models;
using Xunit.Abstractions;

namespace RnnGen.Numerics.Tests.Functions;

/// <summary>Activations in single precision, as emitted: models of one unit with weight 1 and bias 0.</summary>
public sealed class FunctionTests(ITestOutputHelper output)
{
    // A prime, so that mantissas of all kinds occur: about a million of the 2^32 single numbers.
    private const uint Stride = 4099;

    private const double SmallestNormal = 1.17549435e-38;

    private const float SigmoidNormalFrom = -87.33f;

    public static TheoryData<SimdTarget> Targets => [.. ModelCatalog.Targets];

    private static IEnumerable<float> Numbers
    {
        get
        {
            for (ulong bits = 0; bits <= uint.MaxValue; bits += Stride)
            {
                float x = BitConverter.UInt32BitsToSingle((uint)bits);
                if (float.IsFinite(x))
                {
                    yield return x;
                }
            }

            // Densely where the functions bend, and where their parts meet.
            for (int i = -200_000; i <= 200_000; i++)
            {
                yield return i / 2000f;
            }

            for (int i = 0; i <= 10_000; i++)
            {
                yield return SigmoidNormalFrom + (i / 20_000f);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Tanh_AllMagnitudes_IsWithinFiveUlp(SimdTarget target)
    {
        var model = new TanhOnly(seed: 0, target);
        Identity(model.SetTensor, "dense.weight", "dense.bias");
        (float X, float Y)[] results = Run(model.Forward, Numbers);
        AssertUlps($"tanh on {target}", results, Math.Tanh, _ => true);
        if (Rounding.IsOnce(target))
        {
            Assert.All(results, result => Assert.InRange(result.Y, -1f, 1f));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Tanh_InACell_IsTheSame(SimdTarget target)
    {
        var dense = new TanhOnly(seed: 0, target);
        Identity(dense.SetTensor, "dense.weight", "dense.bias");
        var cell = new TanhCell(seed: 0, target);
        Identity(cell.SetTensor, "rnn.weight_ih_l0", "rnn.bias_ih_l0");
        Identity(cell.SetTensor, "dense.weight", "dense.bias");
        cell.SetTensor("rnn.weight_hh_l0", [0f]);
        IEnumerable<float> some = Numbers.Where((_, i) => i % 31 == 0);
        Assert.Equal(Run(dense.Forward, some), Run(cell.Forward, some));

        using TanhCell.State state = cell.CreateState();
        foreach ((float x, float y) in Run(dense.Forward, some.Take(10_000)))
        {
            Assert.Equal(y, cell.Step([x], state)[0]);
        }
    }

    // A step takes o into the numerator of tanh. Here h = σ(x) ⊙ tanh(tanh(x)).
    [Theory]
    [MemberData(nameof(Targets))]
    public void TanhTimesAGate_AllMagnitudes_IsAsExactAsItsFunctions(SimdTarget target)
    {
        var model = new ProductCell(seed: 0, target);
        Identity(model.SetTensor, "dense.weight", "dense.bias");
        model.SetTensor("lstm.weight_ih_l0", [0f, 0f, 1f, 1f]);
        model.SetTensor("lstm.weight_hh_l0", [0f, 0f, 0f, 0f]);
        model.SetTensor("lstm.bias_ih_l0", [100f, 0f, 0f, 0f]);
        using ProductCell.State state = model.CreateState();
        float Step(float x)
        {
            state.Reset();
            return model.Step([x], state)[0];
        }

        (float X, float Y)[] results = [.. Numbers.Where((_, i) => i % 7 == 0).Select(x => (x, Step(x)))];
        AssertUlps(
            $"σ·tanh on {target}",
            results,
            x => Math.Tanh(Math.Tanh(x)) / (1 + Math.Exp(-x)),
            x => x >= -80,
            limit: 2 * FunctionTolerances.Ulps);
        Assert.Equal(float.NaN, Step(float.NaN));
        Assert.Equal(MathF.Tanh(1), Step(float.MaxValue), 1e-6f);
        Assert.Equal(0, Step(float.MinValue));
    }

    // The cell state grows by one a step, so that tanh's argument is whole: h = σ(x) ⊙ tanh(±1), … σ(x) ⊙ tanh(±12).
    [Theory]
    [MemberData(nameof(Targets))]
    public void TanhTimesAGate_GrowingState_IsAsExactAsItsFunctions(SimdTarget target)
    {
        foreach (int sign in new[] { -1, 1 })
        {
            ProductCell model = Accumulator(sign, target);
            using ProductCell.State state = model.CreateState();
            var results = new List<(float X, int Cell, float Y)>();
            foreach (float x in Numbers.Where((_, i) => i % 101 == 0))
            {
                state.Reset();
                results.AddRange(Enumerable.Range(1, 12).Select(step => (x, sign * step, model.Step([x], state)[0])));
            }

            foreach (IGrouping<int, (float X, int Cell, float Y)> group in results.GroupBy(result => result.Cell))
            {
                AssertUlps(
                    $"σ·tanh({group.Key}) on {target}",
                    [.. group.Select(result => (result.X, result.Y))],
                    x => Math.Tanh(group.Key) / (1 + Math.Exp(-x)),
                    x => x >= -80,
                    limit: 2 * FunctionTolerances.Ulps);
            }
        }
    }

    // Forget and input gate are 1, the candidate ±1, and the output gate is σ of the input.
    private static ProductCell Accumulator(int sign, SimdTarget target)
    {
        var model = new ProductCell(seed: 0, target);
        Identity(model.SetTensor, "dense.weight", "dense.bias");
        model.SetTensor("lstm.weight_ih_l0", [0f, 0f, 0f, 1f]);
        model.SetTensor("lstm.weight_hh_l0", [0f, 0f, 0f, 0f]);
        model.SetTensor("lstm.bias_ih_l0", [100f, 100f, sign * 100f, 0f]);
        return model;
    }

    // Just below −87.33 the result is no normal number any more.
    [Theory]
    [MemberData(nameof(Targets))]
    public void Sigmoid_AsLongAsItIsNormal_IsWithinFiveUlp(SimdTarget target)
    {
        var model = new SigmoidOnly(seed: 0, target);
        Identity(model.SetTensor, "dense.weight", "dense.bias");
        (float X, float Y)[] results = Run(model.Forward, Numbers);
        AssertUlps($"sigmoid on {target}", results, x => 1 / (1 + Math.Exp(-x)), x => x >= SigmoidNormalFrom);
        Assert.All(
            results.Where(result => result.X < SigmoidNormalFrom), result => Assert.InRange(result.Y, 0f, 1.7e-38f));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Activations_InfinityAndNaN_Propagate(SimdTarget target)
    {
        var tanh = new TanhOnly(seed: 0, target);
        Identity(tanh.SetTensor, "dense.weight", "dense.bias");
        var sigmoid = new SigmoidOnly(seed: 0, target);
        Identity(sigmoid.SetTensor, "dense.weight", "dense.bias");
        var relu = new ReluOnly(seed: 0, target);
        Identity(relu.SetTensor, "dense.weight", "dense.bias");
        float[] special =
            [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0f];
        IEnumerable<float> ends = Run(tanh.Forward, special).Select(result => result.Y);
        Assert.Equal([float.NaN, 1, -1, 1, -1, 0], ends);
        Assert.Equal([float.NaN, 1, 0, 1, 0, 0.5f], Run(sigmoid.Forward, special).Select(result => result.Y));
        Assert.Equal(
            [float.NaN, float.PositiveInfinity, 0, float.MaxValue, 0, 0],
            Run(relu.Forward, special).Select(result => result.Y));
    }

    private static void Identity(SetTensor set, string weight, string bias)
    {
        set(weight, [1f]);
        set(bias, [0f]);
    }

    private static (float X, float Y)[] Run(Forward forward, IEnumerable<float> numbers)
    {
        var results = new List<(float, float)>();
        foreach (float[] chunk in numbers.Chunk(TanhOnly.Steps * TanhOnly.Batch))
        {
            // One sequence after the other beside each other: as many as fit, the last batch filled up with zeros.
            float[] inputs = new float[TanhOnly.Steps * TanhOnly.Batch];
            chunk.CopyTo(inputs, 0);
            float[] outputs = new float[inputs.Length];
            forward(inputs, TanhOnly.Batch, outputs);
            results.AddRange(chunk.Zip(outputs));
        }

        return [.. results];
    }

    private void AssertUlps(
        string function,
        (float X, float Y)[] results,
        Func<double, double> exact,
        Func<float, bool> counts,
        double limit = FunctionTolerances.Ulps)
    {
        var worst = new WorstError<float>(nowhere: 0);
        foreach ((float x, float y) in results.Where(result => counts(result.X)))
        {
            double expected = exact(x);
            float magnitude = (float)Math.Max(Math.Abs(expected), SmallestNormal);
            worst.Add(Math.Abs(y - expected) / (MathF.BitIncrement(magnitude) - magnitude), x);
        }

        output.WriteLine($"{function}: worst {worst.Value:f2} ulp at {worst.Place:r}, of {results.Length}");
        Assert.True(worst.Value <= limit, $"{function} is {worst.Value:f2} ulp off at {worst.Place:r}.");
    }

    private delegate void SetTensor(string name, ReadOnlySpan<float> values);

    private delegate void Forward(ReadOnlySpan<float> inputs, int sequences, Span<float> outputs);
}
