using System.Numerics;
using System.Reflection;
using RnnGen.Generator.Equations;
using RnnGen.Kernels;
using Xunit.Abstractions;

namespace RnnGen.Generator.Tests.Functions;

/// <summary>
/// Every function as it is emitted, for every target and precision, against the runtime's own in double: a cell of one
/// unit that is the function of a gate whose weight is 1, compiled and run here.
/// </summary>
public sealed class FunctionAccuracyTests(ITestOutputHelper output)
{
    private const int Batch = 1024;

    /// <summary>Units in the last place that a function may be off, in either precision.</summary>
    private const double Ulps = 5;

    /// <summary>Where multiply-adds round twice, as without FMA, tanh is 5.64 off at the worst.</summary>
    private const double UlpsRoundingTwice = 6;

    private static readonly Lazy<Assembly> Models = new(Compile);

    private delegate void TensorSetter<T>(string name, ReadOnlySpan<T> values);

    private delegate void ForwardPass<T>(ReadOnlySpan<T> inputs, int sequences, Span<T> outputs);

    public static TheoryData<string, SimdTarget> Cases
    {
        get
        {
            var data = new TheoryData<string, SimdTarget>();
            foreach (Function function in FunctionTable.Callable)
            {
                foreach (SimdTarget target in Enum.GetValues<SimdTarget>().Where(SimdTargets.IsSupported))
                {
                    data.Add(function.Name, target);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Function_AsEmitted_IsWithinFiveUlps(string name, SimdTarget target)
    {
        Check<float>(name, target, 1.17549435e-38, [.. Singles()], [0, -0f, float.MaxValue, float.MinValue]);
        double[] ends = [0, -0d, double.MaxValue, double.MinValue];
        Check<double>(name, target, 2.2250738585072014e-308, [.. Doubles()], ends);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Function_OfInfinitiesAndNaN_IsTheRuntimes(string name, SimdTarget target)
    {
        double[] ends = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        foreach (double[] at in FunctionTable.Of(name).Arity > 1 ? [] : ends.Select(end => new[] { end }))
        {
            double expected = FunctionValues.Of(name, at);
            Assert.Equal((float)expected, Run<float>(name, target, [(float)at[0]])[0]);
            Assert.Equal(expected, Run(name, target, at)[0]);
        }
    }

    private void Check<T>(string name, SimdTarget target, double leastNormal, T[] numbers, T[] ends)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int arity = FunctionTable.Of(name).Arity;

        // Pairs are neighbours, near and far; what lies behind the last whole batch is left out.
        T[] inputs = [.. numbers, .. ends];
        inputs = arity == 1 ? inputs : [.. inputs, .. inputs.Reverse()];
        inputs = inputs[..(inputs.Length / arity * arity)];
        T[] results = Run(name, target, inputs);
        double worst = 0;
        for (int i = 0; i < results.Length; i++)
        {
            double[] at = [.. inputs.AsSpan(i * arity, arity).ToArray().Select(double.CreateTruncating)];
            double error = Error(FunctionValues.Of(name, at), results[i], leastNormal);
            worst = Math.Max(worst, error);
            double limit = IsFused(target) ? Ulps : UlpsRoundingTwice;
            if (!(error <= limit))
            {
                string place = $"{name} in {typeof(T).Name} at {string.Join(", ", at)}";
                Assert.Fail($"{place} is {results[i]}, {error} ulps off.");
            }
        }

        output.WriteLine($"{name} in {typeof(T).Name} on {target}: {worst:f2} ulps at worst of {results.Length}");
    }

    // In units in the last place of the exact result; where that is below all normal numbers, ours must be tiny, too.
    private static double Error<T>(double expected, T actual, double leastNormal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var nearest = T.CreateTruncating(Math.Abs(expected));
        if (!T.IsFinite(nearest))
        {
            return T.Abs(actual).Equals(nearest) ? 0 : double.NaN;
        }

        double value = double.CreateTruncating(actual);
        if (Math.Abs(expected) < leastNormal)
        {
            return Math.Abs(value) < 1.5 * leastNormal ? 0 : double.NaN;
        }

        return Math.Abs(value - expected) / double.CreateTruncating(T.BitIncrement(nearest) - nearest);
    }

    private static bool IsFused(SimdTarget target) =>
        target is SimdTarget.Avx2 or SimdTarget.Avx512 || System.Runtime.Intrinsics.X86.Fma.IsSupported
        || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;

    private static T[] Run<T>(string name, SimdTarget target, T[] inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int arity = FunctionTable.Of(name).Arity;
        object model = Activator.CreateInstance(Models.Value.GetType($"{name}{typeof(T).Name}")!, 0ul, target)!;
        var set = model.GetType().GetMethod("SetTensor")!.CreateDelegate<TensorSetter<T>>(model);
        set("cell.weight_ih_l0", arity > 1 ? [T.One, T.Zero, T.Zero, T.One] : [T.One]);
        set("cell.bias_ih_l0", new T[arity]);
        Type[] parameters = [typeof(ReadOnlySpan<T>), typeof(int), typeof(Span<T>)];
        var forward = model.GetType().GetMethod("Forward", parameters)!.CreateDelegate<ForwardPass<T>>(model);
        var results = new List<T>();
        foreach (T[] chunk in inputs.Chunk(Batch * arity))
        {
            T[] batch = new T[Batch * arity];
            chunk.CopyTo(batch, 0);
            T[] outputs = new T[Batch];
            forward(batch, Batch, outputs);
            results.AddRange(outputs[..(chunk.Length / arity)]);
        }

        return [.. results];
    }

    // Every 1,048,573rd bit pattern, which is a prime, and densely where functions bend.
    private static IEnumerable<float> Singles()
    {
        for (long bits = 0; bits <= uint.MaxValue; bits += 1_048_573)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits);
            if (float.IsFinite(x))
            {
                yield return x;
            }
        }

        for (int i = -4000; i <= 4000; i++)
        {
            yield return i / 200f;
        }
    }

    private static IEnumerable<double> Doubles()
    {
        for (int exponent = -1020; exponent <= 1020; exponent++)
        {
            yield return Math.ScaleB(1 + ((exponent & 63) / 64.1), exponent);
            yield return -Math.ScaleB(1 + ((exponent & 31) / 32.1), exponent);
        }

        for (int i = -4000; i <= 4000; i++)
        {
            yield return i / 200.3;
        }
    }

    private static Assembly Compile()
    {
        string cells = string.Concat(FunctionTable.Callable.Select(function =>
        {
            bool isUnary = function.Arity == 1;
            string Model(string number, string precision) =>
                $"""
                [SequenceModel(Steps = 1, Batch = {Batch}{precision})]
                [Input({function.Arity}), {function.Name}Cell(1, Name = "cell")]
                public sealed partial class {function.Name}{number};

                """;
            return $$"""
                public sealed class {{function.Name}}CellAttribute(int size)
                    : RecurrentAttribute<{{function.Name}}Cell>(size);
                public sealed class {{function.Name}}Cell : ICell
                {
                    public static Vector Step(Input x, Vector hidden, Gate a{{(isUnary ? "" : ", Gate b")}}) =>
                        {{function.Name}}(a[x, hidden]{{(isUnary ? "" : ", b[x, hidden]")}});
                }
                {{Model("Single", "")}}
                {{Model("Double", ", Precision = Precision.Double")}}

                """;
        }));
        GeneratorRun run = GeneratorHarness.Run(
            "using RnnGen;\nusing RnnGen.Cells;\nusing static RnnGen.Cells.Functions;\n" + cells).AssertCompiles();
        using var image = new MemoryStream();
        var result = run.Compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}
